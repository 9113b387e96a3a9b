package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.SweepResult;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Every combination is a run of its own, one after another. */
class SweepTest {
  static final String TWO = "{'dataset': 's3://b/items/', 'vary': {'size': [64, 128]}}";

  @Test
  void oneChildForEachCombinationAndSharedStagesOnce() {
    FakeActivities activities = Opened.uniform(true).activities();
    try (RunServer server = RunServer.with(activities)) {
      WorkflowStub sweep = server.startSweep(RunServer.json(TWO));
      SweepResult result = RunServer.result(sweep, SweepResult.class);

      assertThat(result.output()).isEqualTo("file:///out/sweeps/autumn-sweep/");
      assertThat(result.warnings()).containsExactly("a warning of one run");
      List<String> children =
          server
              .events(RunServer.SWEEP, EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED)
              .stream()
              .map(event -> event.getChildWorkflowExecutionStartedEventAttributes())
              .map(child -> child.getWorkflowExecution().getWorkflowId())
              .toList();
      assertThat(children)
          .hasSize(2)
          .doesNotHaveDuplicates()
          .allMatch(id -> id.startsWith("items-"));
      assertThat(activities.of("open")).isEqualTo(children);
      assertThat(activities.of("finish")).containsOnlyOnce("prepare", "embed", "encode");
      assertThat(activities.of("finish")).filteredOn("publish"::equals).hasSize(2);
      assertThat(RunServer.status(sweep).stages()).isEqualTo(2);
    }
  }

  @Test
  void whatIsWrongWithAnyRunIsSaidBeforeTheFirst() {
    FakeActivities activities = Opened.uniform(true).activities();
    try (RunServer server = RunServer.with(activities)) {
      ApplicationFailure failure =
          RunServer.applicationFailure(
              server.startSweep(
                  RunServer.json(
                      "{'dataset': 's3://b/', 'seeed': 1, 'vary': {'size': [64, 0], 'scope': ['lvel', 'last']}}")));

      assertThat(failure.getType()).isEqualTo(FailureTypes.INVALID_REQUEST);
      assertThat(failure.getOriginalMessage())
          .contains("seeed", "size: 0 is too small", "(with size=0,", "lvel");
      assertThat(activities.calls).isEmpty();
    }
  }

  @Test
  void whatIsNoRequestEndsAtOnce() {
    try (RunServer server = RunServer.with(Opened.uniform(true).activities())) {
      assertThat(RunServer.applicationFailure(server.startSweep()).getOriginalMessage())
          .contains("dataset");
      assertThat(
              RunServer.applicationFailure(
                      server.startSweep(RunServer.json(TWO), RunServer.json(TWO)))
                  .getOriginalMessage())
          .contains("one JSON object");
    }
  }

  @Test
  void aRunThatFailsEndsTheSweepAndIsNamed() {
    FakeActivities activities =
        Opened.uniform(false)
            .activities()
            .computing(
                task -> {
                  throw ApplicationFailure.newNonRetryableFailure(
                      "line 3 is torn", FailureTypes.INVALID_DATA);
                });
    try (RunServer server = RunServer.with(activities)) {
      ApplicationFailure failure =
          RunServer.applicationFailure(server.startSweep(RunServer.json(TWO)));

      assertThat(failure.getType()).isEqualTo(FailureTypes.INVALID_DATA);
      assertThat(failure.getOriginalMessage()).contains("items-", "(size=64)", "line 3 is torn");
      assertThat(activities.of("open")).hasSize(1);
    }
  }

  @Test
  void cancellingStopsTheRunInHand() {
    AtomicInteger busy = new AtomicInteger();
    FakeActivities activities =
        Opened.uniform(false).activities().computing(task -> untilCancelled(busy));
    try (RunServer server = RunServer.with(activities)) {
      WorkflowStub sweep = server.startSweep(RunServer.json(TWO));
      RunServer.until(() -> busy.get() > 0);
      assertThat(RunServer.status(sweep).stage()).isEqualTo("run 1 of 2: size=64");

      sweep.cancel();

      assertThat(RunServer.failure(sweep)).isInstanceOf(CanceledFailure.class);
      assertThat(busy.get()).as("tasks that go on after the sweep has ended").isZero();
      assertThat(activities.of("open")).hasSize(1);
    }
  }

  private static void untilCancelled(AtomicInteger busy) {
    busy.incrementAndGet();
    try {
      while (true) {
        Activity.getExecutionContext().heartbeat(null);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    } finally {
      busy.decrementAndGet();
    }
  }
}
