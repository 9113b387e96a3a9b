package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.Stage;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a run, what it then says, and what does not end it. */
class FailureTest {
  private static final String MESSAGE = "Line 3212 of bad.jsonl is not JSON; mend or remove it.";

  static List<String> nonRetryable() {
    return List.of(FailureTypes.nonRetryable());
  }

  @ParameterizedTest
  @MethodSource("nonRetryable")
  void whatCannotPassEndsTheRunAtOnce(String type) {
    FakeActivities activities =
        Opened.uniform(true)
            .activities()
            .computing(
                task -> {
                  if (task.stage() instanceof Stage.Prepare) {
                    // Even where the adapter forgot to say that it is not to be retried.
                    throw ApplicationFailure.newFailure(MESSAGE, type);
                  }
                });
    try (RunServer server = RunServer.with(activities)) {
      ApplicationFailure failure = RunServer.applicationFailure(server.startValid());

      assertThat(failure.getType()).isEqualTo(type);
      assertThat(failure.getOriginalMessage()).isEqualTo(MESSAGE);
      assertThat(failure.getCause()).isNull();
      assertThat(activities.of("compute")).hasSize(1);
      assertThat(activities.of("finish")).isEmpty();
    }
  }

  /** In the run itself, and in a child. */
  @ParameterizedTest
  @ValueSource(ints = {3, 20})
  void failureOfOneTaskEndsTheRunWhileOthersAreBusy(int units) {
    CountDownLatch never = new CountDownLatch(1);
    FakeActivities activities =
        Opened.uniform(false)
            .activities()
            .units(stage -> units)
            .computing(
                task -> {
                  if (task.units().first() == 2) {
                    throw ApplicationFailure.newNonRetryableFailure(
                        MESSAGE, FailureTypes.INVALID_DATA);
                  }
                  hang(never);
                });
    try (RunServer server = RunServer.with(activities)) {
      ApplicationFailure failure = RunServer.applicationFailure(server.startValid());

      assertThat(failure.getType()).isEqualTo(FailureTypes.INVALID_DATA);
      assertThat(failure.getOriginalMessage()).isEqualTo(MESSAGE);
    } finally {
      never.countDown();
    }
  }

  @Test
  void failuresInPlanningAndFinishingSpeakForThemselves() {
    FakeActivities planning = Opened.uniform(false).activities();
    planning.planning(
        input -> {
          throw ApplicationFailure.newNonRetryableFailure(MESSAGE, FailureTypes.ACCESS_DENIED);
        });
    FakeActivities finishing = Opened.uniform(false).activities();
    finishing.finishing(
        stage -> {
          throw ApplicationFailure.newNonRetryableFailure(MESSAGE, FailureTypes.DAMAGED);
        });
    assertThat(failureOf(planning).getType()).isEqualTo(FailureTypes.ACCESS_DENIED);
    assertThat(failureOf(finishing).getOriginalMessage()).isEqualTo(MESSAGE);
  }

  @Test
  void whatCanPassIsRetriedUntilItPasses() {
    FakeActivities activities =
        Opened.uniform(false)
            .activities()
            .computing(
                task -> {
                  if (task.stage() instanceof Stage.Encode && attempt() < 8) {
                    throw passing("The store does not answer.", "StoreUnavailable");
                  }
                });
    try (RunServer server = RunServer.with(activities)) {
      server.run();

      assertThat(activities.of("compute")).filteredOn(call -> call.startsWith("encode")).hasSize(8);
      assertThat(activities.timings().get("encode").retries()).isEqualTo(7);
    }
  }

  @Test
  void drainingWorkersHandTheirTasksBack() {
    FakeActivities activities =
        Opened.uniform(false)
            .activities()
            .units(stage -> stage instanceof Stage.Embed ? 5 : 1)
            .computing(
                task -> {
                  if (task.stage() instanceof Stage.Embed && attempt() == 1) {
                    throw passing("This worker is shutting down.", FailureTypes.DRAINING);
                  }
                });
    try (RunServer server = RunServer.with(activities)) {
      server.run();

      assertThat(activities.timings().get("embed").retries()).isEqualTo(5);
    }
  }

  @Test
  void repairsGoOnWhereTheOneBeforeFellShort() {
    FakeActivities activities = Opened.uniform(true).activities().exactAt(3);
    try (RunServer server = RunServer.with(activities)) {
      server.run();
    }
    assertThat(activities.of("finish"))
        .containsSubsequence("repair 1.1", "repair 1.2", "repair 1.3", "assign 1");
    List<Stage.Repair> repairs =
        activities.planned.stream()
            .filter(Stage.Repair.class::isInstance)
            .map(Stage.Repair.class::cast)
            .toList();
    assertThat(repairs).hasSize(3);
    assertThat(repairs.get(0).failed()).isNull();
    for (int i = 1; i < 3; i++) {
      assertThat(repairs.get(i).failed().fingerprint())
          .isEqualTo(FakeActivities.fingerprint(repairs.get(i - 1)));
    }
  }

  @Test
  void repairsDoNotGoOnForEver() {
    FakeActivities activities = Opened.uniform(true).activities().exactAt(1000);

    ApplicationFailure failure = failureOf(activities);

    assertThat(failure.getType()).isEqualTo("NotBalanced");
    assertThat(failure.getOriginalMessage()).contains("Level 1").contains("16 repairs");
    assertThat(activities.of("finish")).doesNotContain("assign 1");
  }

  @Test
  void stageStoppedByHandSaysHowToGoOn() {
    FakeActivities activities =
        Opened.uniform(false)
            .activities()
            .units(stage -> 5)
            .computing(task -> beatUntilCancelled());
    try (RunServer server = RunServer.with(activities)) {
      WorkflowStub run = server.startValid();
      RunServer.until(() -> !activities.of("compute").isEmpty());

      server.server.getWorkflowClient().newUntypedWorkflowStub("autumn-256/prepare").cancel();

      ApplicationFailure failure = RunServer.applicationFailure(run);
      assertThat(failure.getType()).isEqualTo("StageStopped");
      assertThat(failure.getOriginalMessage()).contains("resumes the run");
    }
  }

  @Test
  void stageStartedByHandFailsAtOnce() {
    try (RunServer server = RunServer.with(Opened.uniform(false).activities())) {
      assertThat(RunServer.applicationFailure(startStage(server)).getOriginalMessage())
          .contains("BuildSemanticIds");
      assertThat(RunServer.failure(startStage(server, Map.of("label", "x")))).isNotNull();
      assertThat(RunServer.failure(startStage(server, "text"))).isNotNull();
    }
  }

  private static WorkflowStub startStage(RunServer server, Object... input) {
    WorkflowStub stub =
        server
            .server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "ComputeStage", WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.CPU).build());
    stub.start(input);
    return stub;
  }

  private static ApplicationFailure failureOf(FakeActivities activities) {
    try (RunServer server = RunServer.with(activities)) {
      return RunServer.applicationFailure(server.startValid());
    }
  }

  private static int attempt() {
    return Activity.getExecutionContext().getInfo().getAttempt();
  }

  private static ApplicationFailure passing(String message, String type) {
    return ApplicationFailure.newBuilder()
        .setMessage(message)
        .setType(type)
        .setCategory(ApplicationErrorCategory.BENIGN)
        .setNextRetryDelay(Duration.ofMillis(1))
        .build();
  }

  private static void beatUntilCancelled() {
    while (true) {
      Activity.getExecutionContext().heartbeat(null);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static void hang(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
