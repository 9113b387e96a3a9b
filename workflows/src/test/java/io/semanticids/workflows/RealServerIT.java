package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Duration;
import io.semanticids.workflows.activity.Stage;
import io.temporal.activity.Activity;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the server in this process does not do, on a real one ({@code infra/dev/temporal.sh start}):
 * its limits, resets, children stopped by hand. In a namespace of its own: the names of the queues
 * are fixed.
 */
class RealServerIT {
  private static final String NAMESPACE = "workflows-it-" + UUID.randomUUID();
  private static final int MOST_EVENTS = 4_096;

  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicBoolean go = new AtomicBoolean();

  private static String address() {
    return System.getenv("SID_TEST_TEMPORAL_ADDRESS");
  }

  @BeforeAll
  static void namespace() {
    if (address() == null) {
      System.out.println(
          "SKIPPED: no Temporal server. Run infra/dev/temporal.sh start FOLDER and set what it prints.");
    }
    assumeTrue(address() != null);
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build());
    stubs
        .blockingStub()
        .registerNamespace(
            RegisterNamespaceRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setWorkflowExecutionRetentionPeriod(Duration.newBuilder().setSeconds(86_400))
                .build());
    stubs.shutdown();
  }

  @Test
  void twoThousandShards() {
    FakeActivities activities =
        Opened.uniform(true)
            .activities()
            .units(
                stage -> stage instanceof Stage.Embed || stage instanceof Stage.Assign ? 2_000 : 2);
    try (RunServer server = RunServer.at(address(), NAMESPACE, activities)) {
      long begun = System.nanoTime();
      server.run();

      System.out.printf(
          "%d activities on a real server in %.1f s%n",
          activities.calls.size(), (System.nanoTime() - begun) / 1e9);
      assertThat(server.workflowIds())
          .contains("autumn-256/embed")
          .allSatisfy(
              id -> assertThat(server.history(id).getEvents().size()).isLessThan(MOST_EVENTS));
    }
  }

  @Test
  void cancelledTasksStopBeforeTheRunDoes() {
    try (RunServer server = RunServer.at(address(), NAMESPACE, busyEmbedding())) {
      WorkflowStub run = server.startValid();
      RunServer.until(() -> busy.get() > 0);

      run.cancel();

      assertThat(RunServer.failure(run)).isInstanceOf(CanceledFailure.class);
      assertThat(busy.get()).isZero();
    }
  }

  @Test
  void stageTerminatedByHandSaysHowToGoOn() {
    try (RunServer server = RunServer.at(address(), NAMESPACE, busyEmbedding())) {
      WorkflowStub run = server.startValid();
      RunServer.until(() -> busy.get() > 0);

      server
          .server
          .getWorkflowClient()
          .newUntypedWorkflowStub("autumn-256/embed")
          .terminate("by hand");

      ApplicationFailure failure = RunServer.applicationFailure(run);
      assertThat(failure.getType()).isEqualTo("StageStopped");
      go.set(true);
    }
  }

  @Test
  void resetRunReplacesTheChildThatIsStillThere() {
    try (RunServer server = RunServer.at(address(), NAMESPACE, busyEmbedding())) {
      WorkflowStub run = server.startValid();
      RunServer.until(() -> busy.get() > 0);

      reset(server, run.getExecution(), taskThatStartsTheChild(server));
      go.set(true);

      WorkflowStub latest = server.server.getWorkflowClient().newUntypedWorkflowStub(RunServer.RUN);
      assertThat(RunServer.result(latest).run()).isEqualTo(RunServer.RUN);
    }
  }

  private static HistoryEvent taskThatStartsTheChild(RunServer server) {
    List<HistoryEvent> events = server.history(RunServer.RUN).getEvents();
    HistoryEvent task = events.get(0);
    for (HistoryEvent event : events) {
      if (event.getEventType() == EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED) {
        return task;
      }
      if (event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) {
        task = event;
      }
    }
    throw new AssertionError("No child was started.");
  }

  private static void reset(RunServer server, WorkflowExecution run, HistoryEvent task) {
    server
        .server
        .getWorkflowServiceStubs()
        .blockingStub()
        .resetWorkflowExecution(
            ResetWorkflowExecutionRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setWorkflowExecution(run)
                .setReason("test")
                .setRequestId(UUID.randomUUID().toString())
                .setWorkflowTaskFinishEventId(task.getEventId())
                .build());
  }

  /**
   * Six tasks, too many for the run itself, that are computed until they are cancelled, or let go.
   */
  private FakeActivities busyEmbedding() {
    return Opened.uniform(false)
        .activities()
        .units(stage -> stage instanceof Stage.Embed ? 6 : 1)
        .computing(
            task -> {
              if (task.stage() instanceof Stage.Embed) {
                work();
              }
            });
  }

  private void work() {
    busy.incrementAndGet();
    try {
      while (!go.get()) {
        Activity.getExecutionContext().heartbeat(null);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    } catch (ActivityCompletionException e) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      throw e;
    } finally {
      busy.decrementAndGet();
    }
  }
}
