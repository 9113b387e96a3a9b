package io.semanticids.sid;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.semanticids.store.InvalidLocationException;
import io.semanticids.store.OutsideRootsException;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.request.InvalidRequestException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;

/** Finds in a chain of causes what the user should be told, and the exit code that goes with it. */
final class Failures {
  private Failures() {}

  static SidException explain(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SidException known) {
        return known;
      }
      if (cause instanceof InvalidRequestException invalid) {
        return new SidException(ExitCode.INVALID, invalid.getMessage(), invalid);
      }
      if (cause instanceof InvalidLocationException || cause instanceof OutsideRootsException) {
        return new SidException(ExitCode.INVALID, cause.getMessage(), cause);
      }
      if (cause instanceof ApplicationFailure failure) {
        return explain(failure);
      }
      if (cause instanceof CanceledFailure) {
        return SidException.failed("the run was cancelled. The same request again resumes it.");
      }
      if (cause instanceof TerminatedFailure) {
        return SidException.failed("the run was terminated. The same request again resumes it.");
      }
      if (cause instanceof TimeoutFailure timeout && cause.getCause() == null) {
        return SidException.failed(
            "the run timed out (%s). The same request again resumes it."
                .formatted(timeout.getTimeoutType()));
      }
      if (cause instanceof WorkflowNotFoundException notFound) {
        return SidException.failed(
            "the server knows no run '%s'. 'sid status' lists its runs."
                .formatted(notFound.getExecution().getWorkflowId()));
      }
      if (cause instanceof StatusRuntimeException status
          && !(thrown instanceof WorkflowServiceException)) {
        return explain(status);
      }
    }
    Throwable root = root(thrown);
    if (root instanceof StatusRuntimeException status) {
      return explain(status);
    }
    return new SidException(ExitCode.FAILED, message(root), thrown);
  }

  private static SidException explain(ApplicationFailure failure) {
    int exitCode =
        switch (failure.getType()) {
          case FailureTypes.INVALID_REQUEST -> ExitCode.INVALID;
          case FailureTypes.DEVICE_POISONED -> ExitCode.REPLACE;
          default -> ExitCode.FAILED;
        };
    return new SidException(exitCode, failure.getOriginalMessage(), failure);
  }

  private static SidException explain(StatusRuntimeException status) {
    Status.Code code = status.getStatus().getCode();
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          SidException.failed(
              "the Temporal server does not answer (%s). A run on it goes on when the server is back."
                  .formatted(code));
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          SidException.failed(
              "the Temporal server refuses (%s: %s). Check TEMPORAL_API_KEY, TEMPORAL_NAMESPACE and the TLS settings."
                  .formatted(code, status.getStatus().getDescription()));
      default ->
          SidException.failed(
              "the Temporal server answers %s: %s"
                  .formatted(code, status.getStatus().getDescription()));
    };
  }

  /** Messages of our own exceptions are made for users; others get their class name beside them. */
  private static String message(Throwable root) {
    if (root.getClass().getName().startsWith("io.semanticids.") && root.getMessage() != null) {
      return root.getMessage();
    }
    return "%s: %s%nThis is not a mistake of yours that sid knows; the same command with --debug shows where it happened."
        .formatted(root.getClass().getSimpleName(), root.getMessage());
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && !root.getClass().getName().startsWith("io.semanticids.")) {
      root = root.getCause();
    }
    return root;
  }
}
