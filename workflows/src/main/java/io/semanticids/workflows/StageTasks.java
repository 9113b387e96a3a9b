package io.semanticids.workflows;

import io.semanticids.workflows.activity.StageInput;
import io.semanticids.workflows.activity.StagePlan;
import io.semanticids.workflows.activity.StageTask;
import io.semanticids.workflows.activity.TaskResult;
import io.semanticids.workflows.activity.UnitRange;
import io.temporal.workflow.Async;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Computes the tasks of one stage side by side, on as many workers as there are. Belongs to one
 * workflow.
 */
final class StageTasks {
  private final CompletablePromise<@Nullable Void> ended = Workflow.newPromise();
  private final StageInput input;
  private final StagePlan plan;
  private final String label;
  private final String queue;
  private final Consumer<StageTasks> progressed;
  private TaskResult sum = TaskResult.NOTHING;
  private int open;
  private int done;
  private @Nullable RuntimeException cancelled;

  /**
   * Tasks that have not begun.
   *
   * @param label for people
   * @param queue the task queue of the tasks
   * @param progressed is told after each task that has ended well
   */
  StageTasks(
      StageInput input,
      StagePlan plan,
      String label,
      String queue,
      Consumer<StageTasks> progressed) {
    this.input = input;
    this.plan = plan;
    this.label = label;
    this.queue = queue;
    this.progressed = progressed;
    this.open = plan.tasks().size();
    this.done = plan.units() - plan.tasks().stream().mapToInt(UnitRange::count).sum();
  }

  /** Units that are done. */
  int done() {
    return done;
  }

  /** Tasks that have not ended. */
  int open() {
    return open;
  }

  /**
   * Computes all of them; their sum.
   *
   * @param finish whether the task after which no unit is left finishes the stage
   */
  TaskResult run(boolean finish) {
    for (UnitRange task : plan.tasks()) {
      StageTask work =
          new StageTask(input.context(), input.stage(), plan.fingerprint(), task, finish);
      Async.function(Activities.compute(queue, summary(task))::compute, work)
          .handle(
              (result, failure) -> {
                if (failure == null) {
                  finished(task, result);
                } else {
                  failed(failure);
                }
                return null;
              });
    }
    if (open > 0) {
      ended.get();
    }
    return sum;
  }

  private void finished(UnitRange task, TaskResult result) {
    sum = sum.plus(result);
    done += task.count();
    open--;
    progressed.accept(this);
    closed();
  }

  /**
   * A failure ends the stage at once: the server tells the tasks that are still computed at their
   * next heartbeat. A cancelled stage has ended only when its last task has stopped.
   */
  private void failed(RuntimeException failure) {
    if (ReadableFailure.isCancellation(failure)) {
      cancelled = failure;
      open--;
      closed();
    } else if (!ended.isCompleted()) {
      ended.completeExceptionally(failure);
    }
  }

  private void closed() {
    if (open > 0 || ended.isCompleted()) {
      return;
    }
    if (cancelled == null) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(cancelled);
    }
  }

  private String summary(UnitRange task) {
    return task.count() == 1
        ? "%s: unit %d of %d".formatted(label, task.first() + 1, plan.units())
        : "%s: units %d-%d of %d"
            .formatted(label, task.first() + 1, task.first() + task.count(), plan.units());
  }
}
