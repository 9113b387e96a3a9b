package io.semanticids.workflows;

import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.RequestActivities;
import io.semanticids.workflows.activity.StageActivities;
import io.semanticids.workflows.activity.SweepActivities;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Every timeout and every retry, with its reason. */
final class Activities {
  private Activities() {}

  /**
   * What can pass (a store that is down, a worker that dies) is retried until it passes: a run
   * survives an outage of any length. What cannot (an invalid request, bad data, refused access) is
   * not retried at all. Errors of the program itself become non-retryable after a few attempts, in
   * the adapters.
   */
  private static final RetryOptions RETRY =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofSeconds(1))
          .setBackoffCoefficient(2)
          // A store that is back is noticed within this; longer would be idle time for all workers.
          .setMaximumInterval(Duration.ofSeconds(20))
          .setDoNotRetry(FailureTypes.nonRetryable())
          .build();

  /**
   * Overtakes the tasks of other runs in the queue (priority 3): where workers are busy for hours,
   * "nobody took it within queueTimeout" would be said of a queue that has workers.
   */
  private static final Priority FIRST = Priority.newBuilder().setPriorityKey(1).build();

  /**
   * Reading and checking a request: looks at a few objects, hashes the catalogue when it is new.
   */
  static RequestActivities request(String queue, String summary, Duration queueTimeout) {
    return Workflow.newActivityStub(RequestActivities.class, reading(queue, summary, queueTimeout));
  }

  /** The same for the requests of a sweep: the first hashes the catalogue, the others find it. */
  static SweepActivities sweep(String queue, String summary, Duration queueTimeout) {
    return Workflow.newActivityStub(SweepActivities.class, reading(queue, summary, queueTimeout));
  }

  private static ActivityOptions reading(String queue, String summary, Duration queueTimeout) {
    return base(queue, summary)
        // Hashing sixty million rows takes minutes.
        .setStartToCloseTimeout(Duration.ofHours(2))
        .setHeartbeatTimeout(Duration.ofSeconds(60))
        // Nobody polls the queue: say so instead of waiting for ever.
        .setScheduleToStartTimeout(queueTimeout)
        .setPriority(FIRST)
        .build();
  }

  /**
   * Planning a stage looks at its markers; on the embedding queue it also loads the model and runs
   * the gate.
   */
  static StageActivities plan(String queue, String summary, Duration queueTimeout) {
    return Workflow.newActivityStub(
        StageActivities.class,
        base(queue, summary)
            // A model of eight billion parameters is fetched and loaded in minutes.
            .setStartToCloseTimeout(Duration.ofHours(1))
            // Beats every few seconds, while a model loads too (adapters' Heartbeats): as for
            // tasks.
            .setHeartbeatTimeout(Duration.ofSeconds(40))
            .setScheduleToStartTimeout(queueTimeout)
            .setPriority(FIRST)
            .build());
  }

  /** Tasks are minutes of work; a dead worker is found out within one heartbeat timeout. */
  static StageActivities compute(String queue, String summary) {
    return Workflow.newActivityStub(
        StageActivities.class,
        base(queue, summary)
            // A task is minutes; a level's fit or a repair of 2^26 rows may take an hour on a slow
            // machine.
            .setStartToCloseTimeout(Duration.ofHours(6))
            // Beats come with every block of rows, far below a second each. Forty seconds after a
            // kill the task runs elsewhere.
            .setHeartbeatTimeout(Duration.ofSeconds(40))
            .build());
  }

  private static ActivityOptions.Builder base(String queue, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setSummary(summary)
        .setRetryOptions(RETRY)
        // A cancelled run has stopped only when its tasks have reached a checkpoint.
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED);
  }
}
