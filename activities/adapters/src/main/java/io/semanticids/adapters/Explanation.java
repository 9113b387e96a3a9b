package io.semanticids.adapters;

import io.temporal.failure.ApplicationFailure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a failure tells of the errors behind it. The server keeps at most 4 KiB of a failure that is
 * to be tried again; of a larger one people read "Failure exceeds size limit." in place of the
 * reason.
 */
final class Explanation {
  private static final StackTraceElement[] NOWHERE = {};
  private static final int MESSAGE = 1_000;
  private static final int DEEPER_MESSAGE = 200;
  private static final int CAUSES = 2;
  private static final int FRAMES = 5;

  private Explanation() {}

  /** The message in full: for a failure that ends the run, which may be of any length. */
  static String message(Throwable error) {
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }

  /** The message; one of unusual length is cut. */
  static String shortMessage(Throwable error) {
    return shortened(message(error));
  }

  /** The text; one of unusual length is cut. */
  static String shortened(String text) {
    return cut(text, MESSAGE);
  }

  /** The error and what it came from, with the places where they were thrown. */
  static Throwable of(Throwable error) {
    return copy(error, CAUSES);
  }

  /** The same failure without the way that it took: its message says it all. */
  static <F extends Throwable> F withoutTrace(F failure) {
    failure.setStackTrace(NOWHERE);
    return failure;
  }

  private static Throwable copy(Throwable error, int causes) {
    @Nullable Throwable cause =
        causes == 1 || error.getCause() == null ? null : copy(error.getCause(), causes - 1);
    ApplicationFailure copy =
        ApplicationFailure.newFailureWithCause(
            cut(message(error), DEEPER_MESSAGE), error.getClass().getSimpleName(), cause);
    StackTraceElement[] trace = error.getStackTrace();
    copy.setStackTrace(Arrays.copyOf(trace, Math.min(trace.length, FRAMES)));
    return copy;
  }

  private static String cut(String message, int length) {
    return message.length() <= length ? message : message.substring(0, length) + "…";
  }
}
