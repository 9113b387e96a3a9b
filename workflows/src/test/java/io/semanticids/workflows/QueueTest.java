package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.workflows.activity.FailureTypes;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.Worker;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Queues that nobody polls are named after a minute and end the run after queueTimeout. */
class QueueTest {
  @Test
  void queueWithoutWorkersEndsTheRun() {
    FakeActivities activities = Opened.uniform(false).activities();
    try (RunServer server = RunServer.unstarted(false)) {
      Worker cpu = server.server.newWorker(TaskQueues.CPU);
      SemanticIdsWorkflows.registerOn(cpu);
      cpu.registerActivitiesImplementations(
          activities.withRequest(
              Opened.uniform(false).queueTimeout(Duration.ofSeconds(1)).request()));
      server.server.start();
      WorkflowStub run = server.startValid();

      ApplicationFailure failure = RunServer.applicationFailure(run);

      assertThat(failure.getType()).isEqualTo(FailureTypes.NO_WORKER);
      assertThat(failure.getOriginalMessage()).contains("semantic-ids-gpu", "--role gpu");
      assertThat(RunServer.status(run).stage()).isEqualTo("embed");
    }
  }

  @Test
  void queueIsNamedAfterAMinuteWithoutAnAnswer() {
    try (RunServer server = RunServer.unstarted(true)) {
      WorkflowStub run = startUnanswered(server);
      server.server.sleep(Duration.ofSeconds(50));
      assertThat(RunServer.status(run).waiting()).isNull();

      server.server.sleep(Duration.ofSeconds(20));

      assertThat(RunServer.status(run).waiting()).isEqualTo(TaskQueues.GPU);
      assertThat(RunServer.currentDetails(run)).contains("`semantic-ids-gpu`", "sid worker");
    }
  }

  @Test
  void answerEndsTheWaiting() {
    try (RunServer server = RunServer.unstarted(true)) {
      WorkflowStub run = startUnanswered(server);

      server.server.sleep(Duration.ofMinutes(6));

      assertThat(run.getResult(String.class)).isEqualTo("answered");
      assertThat(RunServer.status(run).waiting()).isNull();
      assertThat(RunServer.currentDetails(run)).doesNotContain("no answer");
    }
  }

  private static WorkflowStub startUnanswered(RunServer server) {
    server
        .server
        .newWorker(TaskQueues.CPU)
        .registerWorkflowImplementationTypes(UnansweredForFiveMinutes.class);
    server.server.start();
    WorkflowStub run =
        server
            .server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Unanswered", WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.CPU).build());
    run.start();
    return run;
  }

  /**
   * Stands for a run that plans a stage: this server skips no time while an activity is pending, so
   * a timer takes the activity's place.
   */
  @WorkflowInterface
  public interface Unanswered {
    /** Waits. */
    @WorkflowMethod(name = "Unanswered")
    String run();

    /** As of a run. */
    @QueryMethod
    RunStatus status();
  }

  /** Gives the answer after five minutes. */
  public static final class UnansweredForFiveMinutes implements Unanswered {
    private final RunProgress progress = new RunProgress("run");

    @Override
    public String run() {
      Waiting.on(TaskQueues.GPU, progress, Workflow.newTimer(Duration.ofMinutes(5)));
      return "answered";
    }

    @Override
    public RunStatus status() {
      return progress.status();
    }
  }
}
