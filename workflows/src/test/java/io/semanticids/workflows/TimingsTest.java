package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semanticids.workflows.activity.StageTimings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** timings.json: what it says, and that it is there when the run's manifest is. */
class TimingsTest {
  @Test
  void recordedOnceAndBeforeTheManifestOfTheRun() {
    FakeActivities activities = run(Opened.uniform(true));

    assertThat(activities.of("timings")).containsExactly(RunServer.RUN);
    assertThat(activities.calls)
        .containsSubsequence(
            "compute publish [0, +1)", "timings " + RunServer.RUN, "finish publish");
  }

  @Test
  void allSevenStagesAreNamedAndTheirTotal() {
    Map<String, StageTimings> timings = run(Opened.uniform(false).vectors()).timings();

    assertThat(timings.keySet())
        .containsExactly(
            "prepare", "embed", "fit", "encode", "balance", "evaluate", "publish", "total");
    assertThat(timings.get("embed")).isEqualTo(StageTimings.NONE);
    assertThat(timings.get("balance")).isEqualTo(StageTimings.NONE);
  }

  @Test
  void secondsOfTasksAndOfFinishingAreSummed() {
    Map<String, StageTimings> timings = run(Opened.uniform(true, true)).timings();

    // Half a second a task, a quarter to finish; publishing is not finished yet.
    assertThat(timings.get("fit").seconds()).isEqualTo(2 * 0.75, within(1e-9));
    assertThat(timings.get("balance").seconds()).isEqualTo(10 * 0.75, within(1e-9));
    assertThat(timings.get("publish").seconds()).isEqualTo(0.5, within(1e-9));
    assertThat(timings.get("total").units()).isEqualTo(17);
    assertThat(timings.get("total").seconds()).isEqualTo(16 * 0.75 + 0.5, within(1e-9));
    assertThat(timings.get("total").wall()).isGreaterThanOrEqualTo(timings.get("balance").wall());
  }

  private static FakeActivities run(Opened opened) {
    FakeActivities activities = opened.activities();
    try (RunServer server = RunServer.with(activities)) {
      server.run();
    }
    return activities;
  }
}
