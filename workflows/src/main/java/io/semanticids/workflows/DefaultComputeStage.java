package io.semanticids.workflows;

import io.semanticids.workflows.activity.StageTask;
import io.semanticids.workflows.activity.TaskResult;
import io.semanticids.workflows.activity.UnitRange;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.ExternalWorkflowStub;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** Computes the tasks of one stage side by side, on as many workers as there are. */
public final class DefaultComputeStage implements ComputeStage {
  private final CompletablePromise<@Nullable Void> ended = Workflow.newPromise();
  private TaskResult sum = TaskResult.NOTHING;
  private int open;
  private int done;
  private int signalled;
  private @Nullable RuntimeException cancelled;

  @Override
  public TaskResult run(@Nullable ComputeStageInput input) {
    if (input == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "ComputeStage is started by BuildSemanticIds alone; start that.", "InvalidRequest");
    }
    int units = input.plan().units();
    open = input.plan().tasks().size();
    done = units - input.plan().tasks().stream().mapToInt(UnitRange::count).sum();
    signalled = done;
    show(input);
    for (UnitRange task : input.plan().tasks()) {
      StageTask work =
          new StageTask(
              input.input().context(),
              input.input().stage(),
              input.plan().fingerprint(),
              task,
              true);
      Async.function(
              Activities.compute(input.queue(), summary(input.label(), task, units))::compute, work)
          .handle(
              (result, failure) -> {
                if (failure == null) {
                  finished(input, task, result);
                } else {
                  failed(failure);
                }
                return null;
              });
    }
    try {
      if (open > 0) {
        ended.get();
      }
    } catch (TemporalFailure failure) {
      throw ReadableFailure.of(failure);
    }
    return sum;
  }

  private void finished(ComputeStageInput input, UnitRange task, TaskResult result) {
    sum = sum.plus(result);
    done += task.count();
    open--;
    show(input);
    // The end of the last task is told by the stage's own end.
    if (open > 0
        && input.signals() > 0
        && (done - signalled) * (long) input.signals() >= input.plan().units()) {
      signalled = done;
      Workflow.getInfo().getParentWorkflowId().ifPresent(parent -> report(parent, input.label()));
    }
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

  /** Only for people: a parent that cannot be told does not stop the stage. */
  private void report(String parent, String label) {
    ExternalWorkflowStub stub = Workflow.newUntypedExternalWorkflowStub(parent);
    Async.procedure(stub::signal, "stageProgress", new Object[] {label, done})
        .exceptionally(failure -> null);
  }

  private void show(ComputeStageInput input) {
    Workflow.setCurrentDetails(
        "**%s**\n\n- %d of %d units done\n- %d tasks open"
            .formatted(input.label(), done, input.plan().units(), open));
  }

  static String summary(String label, UnitRange task, int units) {
    return task.count() == 1
        ? "%s: unit %d of %d".formatted(label, task.first() + 1, units)
        : "%s: units %d-%d of %d"
            .formatted(label, task.first() + 1, task.first() + task.count(), units);
  }
}
