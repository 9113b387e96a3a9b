package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.workflows.TaskQueues;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.Test;

class UnknownWorkflowTest {
  @Test
  void mistypedWorkflowTypeFailsAtOnceNamingTheRightOne() {
    try (TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build())) {
      environment
          .newWorker(TaskQueues.CPU)
          .registerWorkflowImplementationTypes(UnknownWorkflow.class);
      environment.start();
      WorkflowStub run =
          environment
              .getWorkflowClient()
              .newUntypedWorkflowStub(
                  "BuildSemanticIDs",
                  WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.CPU).build());
      run.start("anything", 3);
      assertThatThrownBy(() -> run.getResult(String.class))
          .isInstanceOf(WorkflowFailedException.class)
          .hasStackTraceContaining("BuildSemanticIDs")
          .hasStackTraceContaining("'BuildSemanticIds'");
    }
  }
}
