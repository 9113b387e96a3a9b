package io.semanticids.workflows;

import io.semanticids.workflows.activity.FailureTypes;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Says so when nobody answers on a task queue. */
final class Waiting {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Waiting() {}

  /** Calls an activity; after a minute without an answer the status names its queue. */
  static <T> T on(String queue, RunProgress progress, Functions.Func<T> call) {
    Promise<T> answer = Async.function(call);
    try {
      if (!Workflow.await(PATIENCE, answer::isCompleted)) {
        progress.waitingFor(queue);
      }
      return answer.get();
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof TimeoutFailure timeout
          && timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START) {
        throw ApplicationFailure.newNonRetryableFailure(
            "No worker took a task from queue '%s' in time (queueTimeout). Start one: sid worker --role %s"
                .formatted(queue, queue.equals(TaskQueues.GPU) ? "gpu" : "cpu"),
            FailureTypes.NO_WORKER);
      }
      throw failure;
    } finally {
      progress.waitingFor(null);
    }
  }
}
