package io.semanticids.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.semanticids.workflows.TaskQueues;
import io.semanticids.workflows.activity.FailureTypes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our plugin in somebody else's worker, beside their own workflow. */
class SemanticIdsPluginTest {
  private static final String THEIR_QUEUE = "their-queue";

  @TempDir private Path root;

  private SemanticIdsPlugin plugin;
  private TestWorkflowEnvironment environment;

  @WorkflowInterface
  public interface Theirs {
    @WorkflowMethod
    String greet(String name);
  }

  public static final class DefaultTheirs implements Theirs {
    @Override
    public String greet(String name) {
      return "hello " + name + " from " + Workflow.getInfo().getTaskQueue();
    }
  }

  @BeforeEach
  void start() {
    plugin = SemanticIdsPlugin.open(root.toString());
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder().setPlugins(plugin).build())
                .build());
    environment.newWorker(THEIR_QUEUE).registerWorkflowImplementationTypes(DefaultTheirs.class);
    environment
        .newWorker(TaskQueues.CPU, SemanticIdsPlugin.workerOptions())
        .registerWorkflowImplementationTypes(DefaultTheirs.class);
    environment.newWorker(TaskQueues.GPU, SemanticIdsPlugin.workerOptions());
    environment.start();
  }

  @AfterEach
  void stop() {
    environment.close();
    plugin.close();
  }

  @Test
  void theirWorkflowRunsOnTheirQueueAndOnOurs() {
    assertThat(greet(THEIR_QUEUE)).isEqualTo("hello x from " + THEIR_QUEUE);
    assertThat(greet(TaskQueues.CPU)).isEqualTo("hello x from " + TaskQueues.CPU);
  }

  @Test
  void ourWorkflowRunsOnOurQueue() {
    WorkflowStub run = start("BuildSemanticIds", TaskQueues.CPU, Map.of("datset", "x"));
    WorkflowFailedException failed =
        catchThrowableOfType(WorkflowFailedException.class, () -> run.getResult(String.class));
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    assertThat(cause).isInstanceOf(ApplicationFailure.class);
    assertThat(((ApplicationFailure) cause).getType()).isEqualTo(FailureTypes.INVALID_REQUEST);
    assertThat(cause).hasMessageContaining("dataset");
  }

  @Test
  void nothingOfOursAnswersOnTheirQueue() {
    WorkflowStub run = start("BuildSemanticIds", THEIR_QUEUE, Map.of("dataset", "x"));
    assertThat(
            catchThrowableOfType(
                TimeoutException.class, () -> run.getResult(1, TimeUnit.SECONDS, String.class)))
        .isNotNull();
  }

  @Test
  void unknownTypesAreLeftToOthers() {
    WorkflowStub run = start("SomethingElse", TaskQueues.CPU, Map.of());
    assertThat(
            catchThrowableOfType(
                TimeoutException.class, () -> run.getResult(1, TimeUnit.SECONDS, String.class)))
        .isNotNull();
  }

  private String greet(String queue) {
    WorkflowClient client = environment.getWorkflowClient();
    return client
        .newWorkflowStub(Theirs.class, WorkflowOptions.newBuilder().setTaskQueue(queue).build())
        .greet("x");
  }

  private WorkflowStub start(String type, String queue, Object input) {
    WorkflowStub stub =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(queue)
                    .setWorkflowExecutionTimeout(Duration.ofSeconds(30))
                    .build());
    stub.start(input);
    return stub;
  }
}
