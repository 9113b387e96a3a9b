package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.OpenedRequest.Scope;
import io.semanticids.workflows.activity.Stage;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many units: tasks, children, and what they cost the histories. */
class FanOutTest {
  private static final int MOST_EVENTS = 4_096;

  @Test
  void threeHundredUnitsAreAtMost256TasksOfOneChild() {
    FakeActivities activities =
        Opened.uniform(false).activities().units(stage -> stage instanceof Stage.Embed ? 300 : 1);
    try (RunServer server = RunServer.with(activities)) {
      server.run();

      assertThat(server.workflowIds()).containsExactly("autumn-256", "autumn-256/embed");
      List<HistoryEvent> tasks =
          server.events("autumn-256/embed", EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED);
      assertThat(tasks).hasSizeLessThanOrEqualTo(256);
      assertThat(activities.unitsOf("embed")).isEqualTo(300);
      assertThat(tasks)
          .extracting(FanOutTest::summary)
          .contains("\"embed: units 1-2 of 300\"", "\"embed: units 299-300 of 300\"");
      assertThat(server.events(RunServer.RUN, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED))
          .extracting(FanOutTest::summary)
          .contains("\"read the request\"", "\"embed: plan\"", "\"publish: finish\"");
      assertThat(server.events(RunServer.RUN, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED))
          .hasSizeBetween(1, 10);
    }
  }

  @Test
  void everyStageOfManyTasksHasAChildOfItsOwn() {
    try (RunServer server = RunServer.with(Opened.uniform(true).activities().units(stage -> 5))) {
      server.run();

      assertThat(server.workflowIds())
          .containsExactly(
              "autumn-256",
              "autumn-256/prepare",
              "autumn-256/embed",
              "autumn-256/fit-level-1",
              "autumn-256/encode",
              "autumn-256/balance-level-1-fit",
              "autumn-256/balance-level-1-soft-loads-pass-1",
              "autumn-256/balance-level-1-soft-loads-pass-2",
              "autumn-256/balance-level-1-repair-attempt-1",
              "autumn-256/balance-level-1-assign",
              "autumn-256/evaluate",
              "autumn-256/publish");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void fewTasksNeedNoChild(int units) {
    try (RunServer server =
        RunServer.with(
            Opened.uniform(true)
                .activities()
                .units(stage -> stage instanceof Stage.Publish ? 1 : units))) {
      server.run();

      assertThat(server.workflowIds()).containsExactly(RunServer.RUN);
      assertThat(server.events(RunServer.RUN, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED))
          .extracting(FanOutTest::summary)
          .contains("\"encode: unit %d of %d\"".formatted(units, units), "\"publish: finish\"")
          .doesNotContain("\"encode: finish\"");
    }
  }

  @Test
  void theTaskThatEndsLastFinishesTheStage() {
    for (int last = 0; last < 3; last++) {
      int waiting = last;
      FakeActivities activities =
          Opened.uniform(false).activities().units(stage -> stage instanceof Stage.Embed ? 3 : 1);
      activities.computing(
          task -> {
            if (task.stage() instanceof Stage.Embed && task.units().first() == waiting) {
              RunServer.until(() -> activities.unitsOf("embed") == 2);
            }
          });
      try (RunServer server = RunServer.with(activities)) {
        server.run();

        assertThat(activities.of("finish")).containsOnlyOnce("embed");
        assertThat(server.events(RunServer.RUN, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED))
            .extracting(FanOutTest::summary)
            .contains("\"publish: finish\"")
            .doesNotContain("\"embed: finish\"");
      }
    }
  }

  /** A task that does not say so: of a worker of before, or after units that went since. */
  @Test
  void aStageThatNoTaskFinishedIsFinished() {
    FakeActivities activities = Opened.uniform(false).activities().finishesItself(false);
    try (RunServer server = RunServer.with(activities)) {
      server.run();

      assertThat(server.events(RunServer.RUN, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED))
          .extracting(FanOutTest::summary)
          .contains("\"prepare: finish\"", "\"embed: finish\"", "\"publish: finish\"");
    }
  }

  @Test
  void everyHistoryAndPayloadStaysSmallWithTwoThousandShards() {
    Opened opened = Opened.uniform(true, true, true).scope(Scope.LAST);
    try (RunServer server = RunServer.with(opened.activities().units(stage -> 2_000))) {
      server.run();

      assertThat(server.workflowIds())
          .hasSize(1 + 7 + 2 * 5 + 5 + 1)
          .allSatisfy(id -> assertThat(events(server, id)).isLessThan(MOST_EVENTS));
      // The converter refuses what is over 32 KiB; more than half of it would be a warning.
      assertThat(server.budget.largestBytes()).isLessThan(16 << 10);
    }
  }

  @Test
  void twentySixLevelsReportLess() {
    boolean[] uniform = new boolean[26];
    Arrays.fill(uniform, true);
    OpenedRequest many = Opened.uniform(uniform).request();
    assertThat(EventBudget.signalsPerStage(many)).isZero();
    assertThat(EventBudget.ownTasksPerStage(many)).isEqualTo(1);
    OpenedRequest three = Opened.uniform(true, true, true).request();
    assertThat(EventBudget.signalsPerStage(three)).isEqualTo(10);
    assertThat(EventBudget.ownTasksPerStage(three)).isEqualTo(4);
  }

  @Test
  void twentySixLevelsStayInOneHistory() {
    boolean[] uniform = new boolean[26];
    Arrays.fill(uniform, true);
    try (RunServer server =
        RunServer.with(Opened.uniform(uniform).activities().units(stage -> 4))) {
      server.run();

      assertThat(events(server, RunServer.RUN)).isLessThan(MOST_EVENTS);
    }
  }

  private static int events(RunServer server, String workflowId) {
    return server.history(workflowId).getEvents().size();
  }

  private static String summary(HistoryEvent event) {
    return event.getUserMetadata().getSummary().getData().toStringUtf8();
  }
}
