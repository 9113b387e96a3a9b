package io.semanticids.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.semanticids.workflows.BuildResult;
import io.semanticids.workflows.BuildSemanticIds;
import io.semanticids.workflows.TaskQueues;
import io.semanticids.workflows.activity.FailureTypes;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our plugin in somebody else's worker, beside their own workflow. */
class SemanticIdsPluginTest {
  private static final String THEIR_QUEUE = "their-queue";

  /** Our plugin has registered its activities on it already. */
  private static final String WITH_CATCH_ALLS = TaskQueues.GPU;

  @TempDir private Path root;

  private SemanticIdsPlugin plugin;
  private TestWorkflowEnvironment environment;

  @WorkflowInterface
  public interface Theirs {
    @WorkflowMethod
    String greet(String name);
  }

  @WorkflowInterface
  public interface NeverRegistered {
    @WorkflowMethod
    String run(String name);
  }

  public static final class DefaultTheirs implements Theirs {
    @Override
    public String greet(String name) {
      return "hello " + name + " from " + Workflow.getInfo().getTaskQueue();
    }
  }

  @ActivityInterface
  public interface Shouting {
    @ActivityMethod
    String shout(String text);
  }

  @WorkflowInterface
  public interface Ordering {
    @WorkflowMethod
    String order(String name);
  }

  public static final class DefaultOrdering implements Ordering {
    @Override
    public String order(String name) {
      Shouting shouting =
          Workflow.newActivityStub(
              Shouting.class,
              ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(30)).build());
      String shouted = shouting.shout(name);
      BuildSemanticIds ours =
          Workflow.newChildWorkflowStub(
              BuildSemanticIds.class,
              ChildWorkflowOptions.newBuilder().setTaskQueue(TaskQueues.CPU).build());
      try {
        ours.run(JsonNodeFactory.instance.objectNode().put("datset", "x"), null);
        return shouted;
      } catch (ChildWorkflowFailure e) {
        ApplicationFailure cause = (ApplicationFailure) e.getCause();
        return shouted + "; " + cause.getType() + ": " + cause.getOriginalMessage();
      }
    }
  }

  public static final class TheirCatchAll implements DynamicWorkflow {
    @Override
    public Object execute(EncodedValues arguments) {
      ActivityStub any =
          Workflow.newUntypedActivityStub(
              ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(30)).build());
      return Workflow.getInfo().getWorkflowType() + ": " + any.execute("Whatever", String.class);
    }
  }

  public static final class TheirCatchAllActivity implements DynamicActivity {
    @Override
    public Object execute(EncodedValues arguments) {
      return "caught " + Activity.getExecutionContext().getInfo().getActivityType();
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
    Worker shared = environment.newWorker(TaskQueues.CPU, SemanticIdsPlugin.workerOptions());
    shared.registerWorkflowImplementationTypes(DefaultTheirs.class, DefaultOrdering.class);
    shared.registerActivitiesImplementations(
        (Shouting) text -> "SHOUTED " + text.toUpperCase(Locale.ROOT));
    // Types of theirs beside ours, known and unknown ones.
    Worker withCatchAlls =
        environment.newWorker(WITH_CATCH_ALLS, SemanticIdsPlugin.workerOptions());
    withCatchAlls.registerWorkflowImplementationTypes(TheirCatchAll.class);
    withCatchAlls.registerActivitiesImplementations(new TheirCatchAllActivity());
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
    CompletableFuture<BuildResult> run = build(TaskQueues.CPU);
    Throwable cause = catchThrowable(() -> run.get(60, TimeUnit.SECONDS));
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    assertThat(cause).isInstanceOf(ApplicationFailure.class);
    assertThat(((ApplicationFailure) cause).getType()).isEqualTo(FailureTypes.INVALID_REQUEST);
    assertThat(cause).hasMessageContaining("dataset");
  }

  @Test
  void nothingOfOursAnswersOnTheirQueue() {
    assertWaiting(build(THEIR_QUEUE));
  }

  /** One worker takes one catch-all of each kind: ours would be in the way of theirs. */
  @Test
  void theirCatchAllsHaveTheirPlace() {
    NeverRegistered stub =
        environment.getWorkflowClient().newWorkflowStub(NeverRegistered.class, on(WITH_CATCH_ALLS));
    assertThat(stub.run("x")).isEqualTo("NeverRegistered: caught Whatever");
  }

  @Test
  void theirWorkflowUsesTheirActivityAndOursAsAChild() {
    Ordering stub =
        environment.getWorkflowClient().newWorkflowStub(Ordering.class, on(TaskQueues.CPU));
    assertThat(stub.order("x"))
        .startsWith("SHOUTED X; InvalidRequest: ")
        .contains("datset: there is no such key; did you mean dataset?");
  }

  @Test
  void unknownTypesAreLeftToOthers() {
    NeverRegistered stub =
        environment.getWorkflowClient().newWorkflowStub(NeverRegistered.class, on(TaskQueues.CPU));
    assertWaiting(WorkflowClient.execute(stub::run, "x"));
  }

  private static void assertWaiting(CompletableFuture<?> run) {
    assertThat(catchThrowable(() -> run.get(1, TimeUnit.SECONDS)))
        .isInstanceOf(TimeoutException.class);
  }

  private String greet(String queue) {
    return environment.getWorkflowClient().newWorkflowStub(Theirs.class, on(queue)).greet("x");
  }

  private CompletableFuture<BuildResult> build(String queue) {
    BuildSemanticIds stub =
        environment.getWorkflowClient().newWorkflowStub(BuildSemanticIds.class, on(queue));
    return WorkflowClient.execute(
        stub::run, JsonNodeFactory.instance.objectNode().put("datset", "x"), null);
  }

  private static WorkflowOptions on(String queue) {
    return WorkflowOptions.newBuilder()
        .setTaskQueue(queue)
        .setWorkflowExecutionTimeout(Duration.ofSeconds(60))
        .build();
  }
}
