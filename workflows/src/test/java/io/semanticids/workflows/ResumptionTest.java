package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StageTimings;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;

/** What the store holds is not computed again. */
class ResumptionTest {
  @Test
  void finishedRunIsFoundDone() {
    FakeActivities activities = Opened.uniform(true, true).activities();
    BuildResult first = runOnce(activities);
    activities.calls.clear();

    BuildResult second = runOnce(activities);

    assertThat(second).isEqualTo(first);
    assertThat(activities.of("plan")).hasSize(4 + 1 + 2 + 2 * 5);
    assertThat(activities.of("compute")).isEmpty();
    assertThat(activities.of("finish")).isEmpty();
  }

  @Test
  void changedLevelReusesTheEmbeddings() {
    FakeActivities activities = Opened.uniform(false).activities();
    runOnce(activities);
    FakeActivities changed = activities.withRequest(Opened.uniform(false, false).request());

    runOnce(changed);

    assertThat(changed.of("finish")).containsExactly("fit 2", "encode", "evaluate", "publish");
  }

  @Test
  void onlyMissingUnitsAreTasks() {
    FakeActivities activities =
        Opened.uniform(false)
            .activities()
            .units(stage -> stage instanceof Stage.Embed ? 10 : 1)
            .computing(
                task -> {
                  if (task.stage() instanceof Stage.Embed && task.units().first() >= 4) {
                    throw ApplicationFailure.newNonRetryableFailure(
                        "the disk is full", "StoreFull");
                  }
                });
    try (RunServer server = RunServer.with(activities)) {
      assertThat(RunServer.applicationFailure(server.startValid()).getType())
          .isEqualTo("StoreFull");
    }
    int before = activities.unitsOf("embed");
    activities.calls.clear();
    activities.computing(task -> {});

    runOnce(activities);

    assertThat(before).isBetween(0, 4);
    assertThat(activities.of("compute").stream().filter(call -> call.startsWith("embed")))
        .hasSize(10 - before);
    StageTimings embed = activities.timings().get("embed");
    assertThat(embed.units()).isEqualTo(10 - before);
    assertThat(embed.adopted()).isEqualTo(before);
  }

  private static BuildResult runOnce(FakeActivities activities) {
    try (RunServer server = RunServer.with(activities)) {
      return server.run();
    }
  }
}
