package io.semanticids.workflows;

import io.temporal.common.converter.DataConverterException;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;

/** Registers the workflow implementations with the options that they need. */
public final class SemanticIdsWorkflows {
  private SemanticIdsWorkflows() {}

  /** Registers our workflow types on the worker, and nothing else. */
  public static void registerOn(Worker worker) {
    worker.registerWorkflowImplementationTypes(
        WorkflowImplementationOptions.newBuilder()
            // Input that no parameter can hold fails the run; by default its workflow task is
            // retried for ever.
            .setFailWorkflowExceptionTypes(DataConverterException.class)
            .build(),
        DefaultBuildSemanticIds.class,
        DefaultComputeStage.class,
        DefaultSweepSemanticIds.class);
  }
}
