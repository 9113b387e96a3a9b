package io.semanticids.adapters;

import io.semanticids.catalogue.CatalogueException;
import io.semanticids.embed.DeviceError;
import io.semanticids.embed.GateException;
import io.semanticids.embed.ModelException;
import io.semanticids.store.DamagedObjectException;
import io.semanticids.store.InvalidLocationException;
import io.semanticids.store.MissingObjectException;
import io.semanticids.store.OutsideRootsException;
import io.semanticids.store.StoreDeniedException;
import io.semanticids.store.StoreException;
import io.semanticids.store.StoreFullException;
import io.semanticids.store.StoreUnavailableException;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.request.InvalidRequestException;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Turns what the stages throw into failures that say whether trying again can help. */
final class Failures {
  /** A program error is given so many attempts: a worker of another version may not have it. */
  private static final int ATTEMPTS = 5;

  private Failures() {}

  /** Runs an activity's body. */
  static <T> T translated(Callable<T> body) {
    try {
      return withDevice(body);
    } catch (TemporalFailure | ActivityCompletionException e) {
      throw e;
    } catch (InvalidRequestException e) {
      throw fatal(e, FailureTypes.INVALID_REQUEST);
    } catch (CatalogueException | GateException e) {
      throw fatal(e, FailureTypes.INVALID_DATA);
    } catch (StoreDeniedException | OutsideRootsException | InvalidLocationException e) {
      throw fatal(e, FailureTypes.ACCESS_DENIED);
    } catch (StoreFullException e) {
      throw fatal(e, FailureTypes.STORE_FULL);
    } catch (DamagedObjectException e) {
      throw fatal(e, FailureTypes.DAMAGED);
    } catch (ModelException e) {
      throw fatal(e, FailureTypes.INVALID_DATA);
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      if (diskFull(e)) {
        throw fatal(e, FailureTypes.STORE_FULL);
      }
      boolean last = Activity.getExecutionContext().getInfo().getAttempt() >= ATTEMPTS;
      if (!repeats(e) || (last && !passes(e))) {
        throw fatal(
            e, e instanceof StoreException ? FailureTypes.STORE : FailureTypes.PROGRAM_ERROR);
      }
      throw Explanation.withoutTrace(
          ApplicationFailure.newFailureWithCause(
              Explanation.shortMessage(e), e.getClass().getSimpleName(), Explanation.of(e)));
    }
  }

  /** A device that fails is not the task's fault: another worker's may do. */
  private static <T> T withDevice(Callable<T> body) throws Exception {
    try {
      return body.call();
    } catch (RuntimeException e) {
      DeviceError error = DeviceError.of(e).orElse(null);
      if (error == null) {
        throw e;
      }
      throw device(error, message(e), e);
    }
  }

  /** What becomes of a task whose device has failed: it is tried elsewhere, a few times. */
  static ApplicationFailure device(DeviceError error, String said, @Nullable Throwable cause) {
    String first = Explanation.shortened(said.lines().findFirst().orElse(said));
    boolean last = Activity.getExecutionContext().getInfo().getAttempt() >= ATTEMPTS;
    return Explanation.withoutTrace(
        ApplicationFailure.newBuilder()
            .setMessage(
                switch (error) {
                  case POISONED ->
                      "This worker's device no longer computes, and the worker ends: %s"
                          .formatted(first);
                  case OUT_OF_MEMORY ->
                      "This worker's device has too little memory; use one with more, or fewer maxTokens: %s"
                          .formatted(first);
                })
            .setType(
                switch (error) {
                  case POISONED -> FailureTypes.DEVICE_POISONED;
                  case OUT_OF_MEMORY -> FailureTypes.DEVICE_MEMORY;
                })
            .setNonRetryable(last)
            .setCause(cause == null ? null : Explanation.of(cause))
            .build());
  }

  /** Stores say so themselves; this is for files of our own. */
  private static boolean diskFull(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          && cause.getMessage() != null
          && cause.getMessage().contains("No space left on device")) {
        return true;
      }
    }
    return false;
  }

  /** A store that is down comes back; an object that is missing, or an error of ours, does not. */
  private static boolean passes(Throwable e) {
    return e instanceof StoreUnavailableException;
  }

  /** Several attempts for what may be the state of one worker or one moment; none for the rest. */
  private static boolean repeats(Throwable e) {
    return !(e instanceof StoreException) || e instanceof MissingObjectException || passes(e);
  }

  private static ApplicationFailure fatal(Throwable e, String type) {
    return Explanation.withoutTrace(
        ApplicationFailure.newNonRetryableFailureWithCause(message(e), type, Explanation.of(e)));
  }

  private static String message(Throwable e) {
    return Explanation.message(e);
  }
}
