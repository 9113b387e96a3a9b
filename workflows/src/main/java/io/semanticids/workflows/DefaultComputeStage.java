package io.semanticids.workflows;

import io.semanticids.workflows.activity.TaskResult;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ExternalWorkflowStub;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** {@link StageTasks} in a history of their own, with reports of progress to the run. */
public final class DefaultComputeStage implements ComputeStage {
  private int signalled;

  @Override
  public TaskResult run(@Nullable ComputeStageInput input) {
    if (input == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "ComputeStage is started by BuildSemanticIds alone; start that.", "InvalidRequest");
    }
    StageTasks tasks =
        new StageTasks(
            input.input(),
            input.plan(),
            input.label(),
            input.queue(),
            progressed -> progressed(input, progressed));
    signalled = tasks.done();
    show(input, tasks);
    try {
      return tasks.run(true);
    } catch (TemporalFailure failure) {
      throw ReadableFailure.of(failure);
    }
  }

  private void progressed(ComputeStageInput input, StageTasks tasks) {
    show(input, tasks);
    // The end of the last task is told by the stage's own end.
    if (tasks.open() > 0
        && input.signals() > 0
        && (tasks.done() - signalled) * (long) input.signals() >= input.plan().units()) {
      signalled = tasks.done();
      Workflow.getInfo().getParentWorkflowId().ifPresent(parent -> report(parent, input.label()));
    }
  }

  /** Only for people: a parent that cannot be told does not stop the stage. */
  private void report(String parent, String label) {
    ExternalWorkflowStub stub = Workflow.newUntypedExternalWorkflowStub(parent);
    Async.procedure(stub::signal, "stageProgress", new Object[] {label, signalled})
        .exceptionally(failure -> null);
  }

  private static void show(ComputeStageInput input, StageTasks tasks) {
    Workflow.setCurrentDetails(
        "**%s**\n\n- %d of %d units done\n- %d tasks open"
            .formatted(input.label(), tasks.done(), input.plan().units(), tasks.open()));
  }
}
