package io.semanticids.workflows;

import io.semanticids.workflows.activity.StageTask;
import io.semanticids.workflows.activity.TaskResult;
import io.semanticids.workflows.activity.UnitRange;
import io.temporal.workflow.Async;
import io.temporal.workflow.ExternalWorkflowStub;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** Computes the tasks of one stage side by side, on as many workers as there are. */
public final class DefaultComputeStage implements ComputeStage {
  /** Signals to the parent in one stage: each costs it four events of history. */
  private static final int SIGNALS = 10;

  private int done;
  private int signalled;

  @Override
  public TaskResult run(ComputeStageInput input) {
    int units = input.plan().units();
    List<UnitRange> tasks = input.plan().tasks();
    done = units - tasks.stream().mapToInt(UnitRange::count).sum();
    signalled = done;
    List<Promise<TaskResult>> results = new ArrayList<>();
    for (UnitRange task : tasks) {
      String summary = summary(input.label(), task, units);
      Promise<TaskResult> result =
          Async.function(
              Activities.compute(input.queue(), summary)::compute,
              new StageTask(
                  input.input().context(),
                  input.input().stage(),
                  input.plan().fingerprint(),
                  task));
      results.add(result.thenApply(value -> finished(input, task, value)));
    }
    Promise.allOf(results).get();
    TaskResult sum = TaskResult.NOTHING;
    for (Promise<TaskResult> result : results) {
      sum = sum.plus(result.get());
    }
    return sum;
  }

  private TaskResult finished(ComputeStageInput input, UnitRange task, TaskResult result) {
    done += task.count();
    int units = input.plan().units();
    Workflow.setCurrentDetails("%s\n- %d of %d units done".formatted(input.label(), done, units));
    if ((done - signalled) * (long) SIGNALS >= units) {
      signalled = done;
      Workflow.getInfo()
          .getParentWorkflowId()
          .ifPresent(
              parent -> {
                ExternalWorkflowStub stub = Workflow.newUntypedExternalWorkflowStub(parent);
                stub.signal("stageProgress", done);
              });
    }
    return result;
  }

  static String summary(String label, UnitRange task, int units) {
    return task.count() == 1
        ? "%s: unit %d of %d".formatted(label, task.first() + 1, units)
        : "%s: units %d-%d of %d"
            .formatted(label, task.first() + 1, task.first() + task.count(), units);
  }
}
