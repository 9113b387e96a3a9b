package io.semanticids.sid;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.semanticids.workflows.BuildResult;
import io.semanticids.workflows.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;

/** Starts runs and waits for them. */
final class Runs {
  static final String WORKFLOW_TYPE = "BuildSemanticIds";
  static final String SWEEP_TYPE = "SweepSemanticIds";

  private final WorkflowClient client;

  Runs(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Starts the run, or finds it running already: the markers make a second start of the same run a
   * resumption.
   */
  WorkflowStub start(String name, JsonNode request) {
    return start(WORKFLOW_TYPE, name, request);
  }

  /** The same for a sweep. */
  WorkflowStub sweep(String name, JsonNode request) {
    return start(SWEEP_TYPE, name, request);
  }

  private WorkflowStub start(String type, String name, JsonNode request) {
    WorkflowStub stub =
        client.newUntypedWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.CPU)
                .setWorkflowId(name)
                .setStaticSummary(request.path("dataset").asText())
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .build());
    stub.start(request);
    return stub;
  }

  WorkflowStub find(String name) {
    return client.newUntypedWorkflowStub(name);
  }

  /** One line: where a finished run's output is, or why it failed. */
  String outcome(String name) {
    try {
      return output(find(name));
    } catch (WorkflowException e) {
      return Failures.explain(e).getMessage();
    }
  }

  /** Waits for the end of a run or a sweep and returns the folder that it wrote. */
  static String output(WorkflowStub run) {
    return await(run, JsonNode.class).path("output").asText();
  }

  /**
   * Waits for the end. A busy server may refuse to be asked although the run goes on: asks again.
   */
  static BuildResult await(WorkflowStub run) {
    return await(run, BuildResult.class);
  }

  /** The same for a workflow that answers with something else. */
  static <T> T await(WorkflowStub run, Class<T> result) {
    while (true) {
      try {
        return run.getResult(result);
      } catch (WorkflowServiceException e) {
        if (!(e.getCause() instanceof StatusRuntimeException status)
            || status.getStatus().getCode() != Status.Code.RESOURCE_EXHAUSTED) {
          throw e;
        }
      }
    }
  }
}
