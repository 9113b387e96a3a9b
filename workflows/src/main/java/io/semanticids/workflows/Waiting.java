package io.semanticids.workflows;

import io.semanticids.workflows.activity.FailureTypes;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Says so when nobody answers on a task queue. */
final class Waiting {
  /** Longer than a worker takes to start; most answers come within a second. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Waiting() {}

  /**
   * Waits for an activity of this queue. After a minute without an answer the status names the
   * queue. A cancelled run waits on until the activity has stopped.
   */
  static <T> T on(String queue, RunProgress progress, Promise<T> answer) {
    // Not Workflow.await: it leaves its timer running, and gives up at once when the run is
    // cancelled.
    CancellationScope patience =
        Workflow.newCancellationScope(
            () ->
                Workflow.newTimer(
                        PATIENCE,
                        TimerOptions.newBuilder()
                            .setSummary("patience with queue " + queue)
                            .build())
                    .thenApply(
                        elapsed -> {
                          if (!answer.isCompleted()) {
                            progress.waitingFor(queue);
                          }
                          return null;
                        }));
    patience.run();
    try {
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
      patience.cancel();
      progress.answered();
    }
  }
}
