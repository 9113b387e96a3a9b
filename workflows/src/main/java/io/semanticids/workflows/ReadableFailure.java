package io.semanticids.workflows;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.workflow.CancellationScope;

/**
 * One readable failure in place of the nested ones that activities and children end with: people
 * see the failure's own message first, and tell failures apart by its type. Where it happened
 * stands in the history.
 */
final class ReadableFailure {
  /** A stage that somebody stopped apart from its run. */
  static final String STOPPED = "StageStopped";

  private ReadableFailure() {}

  /**
   * A cancellation where the run is being cancelled; else what the activity said; else the failure
   * itself.
   */
  static TemporalFailure of(TemporalFailure failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application) {
        return ApplicationFailure.newNonRetryableFailure(
            application.getOriginalMessage(), application.getType());
      }
      if (cause instanceof CanceledFailure cancelled
          && CancellationScope.current().isCancelRequested()) {
        return cancelled;
      }
      if (cause instanceof CanceledFailure || cause instanceof TerminatedFailure) {
        return ApplicationFailure.newNonRetryableFailure(
            "A stage of this run was stopped by hand. The same request again resumes the run.",
            STOPPED);
      }
    }
    return failure;
  }

  static boolean isCancellation(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CanceledFailure) {
        return true;
      }
    }
    return false;
  }
}
