package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.workflows.activity.OpenedRequest.Scope;
import io.semanticids.workflows.activity.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which stages a request makes, in which order, on which queue, from which inputs. */
class StageOrderTest {
  private static final List<String> UNBALANCED =
      List.of("prepare", "embed", "fit 1", "fit 2", "fit 3", "encode");

  @Test
  void unbalanced() {
    assertThat(stages(Opened.uniform(false, false, false)))
        .startsWith(UNBALANCED.toArray(new String[0]))
        .endsWith("encode", "evaluate", "publish")
        .hasSize(8);
  }

  @Test
  void balancedOverTheCatalogue() {
    assertThat(stages(Opened.uniform(true, true, true)))
        .startsWith(UNBALANCED.toArray(new String[0]))
        .containsSubsequence(
            "fit-level 1", "soft-loads 1.1", "soft-loads 1.2", "repair 1.1", "assign 1")
        .containsSubsequence(
            "fit-level 3", "soft-loads 3.1", "soft-loads 3.2", "repair 3.1", "assign 3")
        .endsWith("assign 3", "evaluate", "publish")
        .hasSize(8 + 3 * 5);
  }

  @Test
  void lastLevelInsidePrefixes() {
    assertThat(stages(Opened.uniform(true, true, true).scope(Scope.LAST)))
        .containsSubsequence("assign 1", "fit-level 2", "assign 2", "fit-level 3", "group 3.1")
        .containsSubsequence("group 3.1", "group 3.2", "group 3.3", "scatter 3", "evaluate")
        .doesNotContain("soft-loads 3.1", "assign 3", "group 2.1");
  }

  @Test
  void everyLevelInsidePrefixes() {
    assertThat(stages(Opened.uniform(true, true, true).scope(Scope.PREFIX)))
        .containsSubsequence("repair 1.1", "assign 1", "fit-level 2", "group 2.1", "scatter 2")
        .containsSubsequence("scatter 2", "fit-level 3", "group 3.1", "scatter 3", "evaluate")
        .doesNotContain("assign 2", "assign 3");
  }

  @Test
  void onlyTheLastLevelBalanced() {
    FakeActivities activities = run(Opened.uniform(false, false, true).scope(Scope.LAST));

    assertThat(activities.of("finish"))
        .containsSubsequence("encode", "assign 1", "assign 2", "fit-level 3", "group 3.1")
        .doesNotContain("fit-level 1", "fit-level 2");
    // Levels before the first balanced one are what they were.
    assertThat(assign(activities, 1).codewords().stage()).isEqualTo("fit");
    assertThat(assign(activities, 1).repair()).isNull();
  }

  @Test
  void unbalancedBelowBalanced() {
    FakeActivities activities = run(Opened.uniform(true, false));

    assertThat(activities.of("finish"))
        .containsSubsequence("assign 1", "fit-level 2", "assign 2", "evaluate")
        .doesNotContain("soft-loads 2.1", "repair 2.1");
    // Fitted anew on what the balanced level left.
    assertThat(assign(activities, 2).codewords().stage()).isEqualTo("fit-level");
    assertThat(assign(activities, 2).repair()).isNull();
  }

  @Test
  void refitStartsAnewAndKeepsNothing() {
    assertThat(fitLevels(run(Opened.uniform(true, true))))
        .allSatisfy(fit -> assertThat(fit.fit()).isNull())
        .allSatisfy(fit -> assertThat(fit.balance()).isNotNull());
  }

  @Test
  void withoutRefitTheUnbalancedCentroidsStay() {
    FakeActivities activities = run(Opened.uniform(true, true).keepCentroids());

    assertThat(fitLevels(activities))
        .extracting(fit -> fit.fit() == null ? "anew" : fit.fit().fingerprint())
        .containsExactly(fingerprint(activities, "fit 1"), fingerprint(activities, "fit 2"));
  }

  @Test
  void withoutRefitOneRoundInsidePrefixes() {
    assertThat(stages(Opened.uniform(true, true).scope(Scope.PREFIX).keepCentroids()))
        .contains("group 2.1")
        .doesNotContain("group 2.2");
  }

  @Test
  void everyLevelReadsTheLevelsBeforeIt() {
    FakeActivities activities = run(Opened.uniform(true, true, true));

    Stage.Evaluate evaluate =
        activities.planned.stream()
            .filter(Stage.Evaluate.class::isInstance)
            .map(Stage.Evaluate.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(evaluate.after())
        .extracting(level -> level.codes().fingerprint())
        .containsExactly(
            fingerprint(activities, "assign 1"),
            fingerprint(activities, "assign 2"),
            fingerprint(activities, "assign 3"));
    assertThat(assign(activities, 3).previous()).isEqualTo(evaluate.after().subList(0, 2));
    assertThat(evaluate.before().fingerprint()).isEqualTo(fingerprint(activities, "encode"));
  }

  @Test
  void givenVectorsAreNotEmbedded() {
    FakeActivities activities = run(Opened.uniform(false).vectors());

    assertThat(activities.of("plan")).doesNotContain("embed");
    Stage.Fit fit = (Stage.Fit) activities.planned.get(1);
    assertThat(fit.vectors()).isEqualTo(fit.items());
  }

  @Test
  void embeddingAloneGoesToTheDevices() {
    assertThat(run(Opened.uniform(true)).queues)
        .filteredOn(call -> call.startsWith(TaskQueues.GPU + " "))
        .isNotEmpty()
        .allMatch(call -> call.contains("embed"));
  }

  @Test
  void acceleratedRunsUseTheDevicesForAllThatCounts() {
    assertThat(run(Opened.uniform(true).accelerated()).queues)
        .filteredOn(call -> !call.startsWith(TaskQueues.GPU + " "))
        .allMatch(call -> call.matches(".* (prepare|publish|autumn-256)( .*)?"));
  }

  @Test
  void resultHoldsReferencesAndHeadline() {
    try (RunServer server = RunServer.with(Opened.uniform(false).activities())) {
      BuildResult result = server.run();

      assertThat(result.run()).isEqualTo(RunServer.RUN);
      assertThat(result.output()).isEqualTo("file:///out/runs/autumn-256");
      assertThat(result.report()).isEqualTo("file:///out/runs/autumn-256/report.json");
      assertThat(result.headline().at("/items/train").asInt()).isEqualTo(1_000);
      assertThat(result.warnings()).containsExactly("scope has no effect", "3 texts are empty");
    }
  }

  private static List<String> stages(Opened opened) {
    return run(opened).of("finish");
  }

  private static FakeActivities run(Opened opened) {
    FakeActivities activities = opened.activities();
    try (RunServer server = RunServer.with(activities)) {
      server.run();
    }
    return activities;
  }

  private static List<Stage.FitLevel> fitLevels(FakeActivities activities) {
    return activities.planned.stream()
        .filter(Stage.FitLevel.class::isInstance)
        .map(Stage.FitLevel.class::cast)
        .toList();
  }

  private static Stage.Assign assign(FakeActivities activities, int level) {
    return (Stage.Assign) stage(activities, "assign " + level);
  }

  private static String fingerprint(FakeActivities activities, String name) {
    return FakeActivities.fingerprint(stage(activities, name));
  }

  private static Stage stage(FakeActivities activities, String name) {
    return activities.planned.stream()
        .filter(stage -> FakeActivities.name(stage).equals(name))
        .findFirst()
        .orElseThrow();
  }
}
