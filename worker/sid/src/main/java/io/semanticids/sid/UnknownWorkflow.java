package io.semanticids.sid;

import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;

/**
 * Stands in for every workflow type that this worker does not have, so that a mistyped name fails
 * at once instead of waiting for ever. Only in {@code sid worker}: in somebody else's worker it
 * would swallow their types.
 */
public final class UnknownWorkflow implements DynamicWorkflow {
  @Override
  public Object execute(EncodedValues arguments) {
    throw ApplicationFailure.newNonRetryableFailure(
        "Unknown workflow type '%s'. There are 'BuildSemanticIds' and 'SweepSemanticIds'."
            .formatted(Workflow.getInfo().getWorkflowType()),
        "UnknownWorkflowType");
  }
}
