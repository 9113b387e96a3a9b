package io.semanticids.workflows;

import io.semanticids.workflows.activity.TaskResult;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * One stage that fans out, as a child of its own: a page in the UI, a short history, a reset that
 * spares the rest.
 */
@WorkflowInterface
public interface ComputeStage {
  /** Computes all tasks of the plan. */
  @WorkflowMethod(name = "ComputeStage")
  TaskResult run(@Nullable ComputeStageInput input);
}
