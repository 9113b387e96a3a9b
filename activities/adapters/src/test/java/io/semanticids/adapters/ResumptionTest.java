package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.Pipeline.Built;
import io.semanticids.balance.RepairResult;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.Level;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.RunContext;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StagePlan;
import io.semanticids.workflows.activity.StageResult;
import io.semanticids.workflows.activity.StageTask;
import io.semanticids.workflows.activity.TaskResult;
import io.semanticids.workflows.activity.UnitRange;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What attempts that died leave behind, and who comes after them. */
class ResumptionTest {
  @TempDir Path root;

  private SmallCatalogue catalogue;

  @BeforeEach
  void catalogue() throws IOException {
    catalogue = SmallCatalogue.write(root);
  }

  private OpenedRequest open(Pipeline pipeline) {
    return pipeline.open(
        catalogue.request(
            root.resolve("out"),
            "size",
            new int[] {5, 4},
            "uniform",
            true,
            "scope",
            "prefix",
            "shardRows",
            512),
        "run");
  }

  private Built build(Pipeline pipeline, String output) {
    return pipeline.build(
        catalogue.request(
            root.resolve(output),
            "size",
            new int[] {5, 4},
            "uniform",
            true,
            "scope",
            "prefix",
            "shardRows",
            512),
        "run");
  }

  private static Path folder(StageScope scope) {
    return scope.output().location().path();
  }

  /** {@code assign} has deleted them; then the last attempt was damaged and deleted. */
  @Test
  void aRepairIsMadeAgainWithoutTheMovesOfTheAttemptBefore() throws IOException {
    Artifact last;
    RepairResult repair;
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      Built built = buildTorn(pipeline);
      last = built.after().get(0).codewords();
      StageScope scope = pipeline.scope(built.request().context(), last);
      assertThat(scope.facts(last).path("attempts").asInt()).isGreaterThan(1);
      repair = LevelFiles.repair(scope, last);
      delete(folder(scope));
      delete(folder(pipeline.scope(built.request().context(), built.after().get(0).codes())));
    }
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      Built again = buildTorn(pipeline);
      assertThat(again.after().get(0).codewords()).isEqualTo(last);
      RepairResult other = LevelFiles.repair(pipeline.scope(again.request().context(), last), last);
      assertThat(other.rows()).isEqualTo(repair.rows());
      assertThat(other.codes()).isEqualTo(repair.codes());
      assertThat(other.cost()).isEqualTo(repair.cost());
      assertThat(other.lowerBound()).isEqualTo(repair.lowerBound());
    }
  }

  /** A level whose potentials are far from right when its repair begins. */
  private Built buildTorn(Pipeline pipeline) {
    return pipeline.build(
        catalogue.request(
            root.resolve("torn"),
            "size",
            new int[] {24},
            "uniform",
            true,
            "tau",
            0.00001,
            "iterations",
            1),
        "run");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void whatADeadAttemptCommittedIsNotComputedAgain() {
    StagePlan plan;
    Stage.Encode stage;
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      OpenedRequest opened = open(pipeline);
      stage = pipeline.encode(opened);
      plan = pipeline.plan(opened.context(), stage);
      assertThat(plan.units()).isEqualTo(9 + 2);
      TaskResult dead =
          pipeline
              .stages()
              .compute(
                  new StageTask(
                      opened.context(), stage, plan.fingerprint(), new UnitRange(3, 4), false));
      assertThat(dead.computed()).isEqualTo(4);
    }
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      RunContext context = open(pipeline).context();
      StagePlan rest = pipeline.plan(context, stage);
      assertThat(rest.tasks().stream().mapToInt(UnitRange::count).sum()).isEqualTo(7);
      TaskResult again =
          pipeline
              .stages()
              .compute(
                  new StageTask(context, stage, plan.fingerprint(), new UnitRange(0, 5), false));
      assertThat(again.computed()).isEqualTo(3);
      assertThat(again.adopted()).isEqualTo(2);
      assertThat(pipeline.compute(context, stage, pipeline.plan(context, stage))).isEqualTo(4);
      StageResult first = pipeline.finish(context, stage);
      assertThat(pipeline.finish(context, stage).artifact()).isEqualTo(first.artifact());
      assertThat(pipeline.plan(context, stage).done().artifact()).isEqualTo(first.artifact());
    }
  }

  @Test
  void finishingTwiceGivesTheSameAndLeavesNoScratch() throws IOException {
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      OpenedRequest opened = open(pipeline);
      RunContext context = opened.context();
      Artifact items = pipeline.run(context, opened.prepare()).artifact();
      Artifact fit =
          pipeline
              .run(
                  context,
                  new Stage.FitLevel(items, items, List.of(), 1, 5, null, opened.balance(), 1))
              .artifact();
      Stage loads = new Stage.SoftLoads(items, items, List.of(), fit, 1);
      StagePlan plan = pipeline.plan(context, loads);
      pipeline.compute(context, loads, plan);
      StageScope scope = pipeline.scope(context, new Artifact("soft-loads", plan.fingerprint()));
      List<Path> scratch = files(folder(scope));
      List<byte[]> contents = new ArrayList<>();
      for (Path file : scratch) {
        contents.add(Files.readAllBytes(file));
      }
      StageResult first = pipeline.finish(context, loads);
      List<Path> left = files(folder(scope));
      assertThat(left).hasSize(3).doesNotContainAnyElementsOf(scratch);

      for (int i = 0; i < scratch.size(); i++) {
        Files.write(scratch.get(i), contents.get(i));
      }
      StageResult again = pipeline.finish(context, loads);
      assertThat(again.facts()).isEqualTo(first.facts());
      assertThat(files(folder(scope))).isEqualTo(left);
      TaskResult late =
          pipeline
              .stages()
              .compute(
                  new StageTask(context, loads, plan.fingerprint(), new UnitRange(0, 2), false));
      assertThat(late.computed()).isZero();
    }
  }

  @Test
  void aStageThatDiedAnywhereIsCompletedToTheSame() throws IOException {
    Built built;
    JsonNode expected;
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      built = build(pipeline, "out");
      expected = built.published().facts().path("headline");
    }
    Level last = built.after().get(1);
    for (Artifact artifact :
        List.of(
            built.items(),
            built.before(),
            last.codewords(),
            last.codes(),
            built.published().artifact())) {
      Path folder;
      try (Pipeline pipeline = Pipeline.open(root, 2)) {
        folder = folder(new StageScope(pipeline.engines(), built.request().context(), artifact));
      }
      Map<String, String> expectedBytes = checksums(folder);
      int all = markersByTime(folder).size();
      for (int kept : IntStream.of(0, 1, all / 2, all - 1).distinct().toArray()) {
        Files.delete(folder.resolve("manifest.json"));
        for (Path marker : markersByTime(folder).subList(kept, all)) {
          Files.delete(marker);
        }
        try (Pipeline pipeline = Pipeline.open(root, 2)) {
          Built again = build(pipeline, "out");
          assertThat(again.published().facts().path("headline"))
              .as("%s with %d markers kept", artifact.stage(), kept)
              .isEqualTo(expected);
          assertThat(files(folder)).anyMatch(file -> file.endsWith("manifest.json"));
          assertThat(checksums(folder))
              .as("%s with %d markers kept", artifact.stage(), kept)
              .isEqualTo(expectedBytes);
        }
      }
    }
  }

  @Test
  void aDeletedRunIsPublishedAgain() throws IOException {
    Path folder = root.resolve("out/runs/run");
    Map<String, String> published;
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      build(pipeline, "out");
      published = Pipeline.published(folder);
    }
    delete(folder);
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      build(pipeline, "out");
    }
    assertThat(Pipeline.published(folder)).isNotEmpty().isEqualTo(published);
  }

  @Test
  void theTaskAfterWhichNothingIsLeftFinishesTheStage() {
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      OpenedRequest opened = open(pipeline);
      Stage.Encode stage = pipeline.encode(opened);
      String fingerprint = pipeline.plan(opened.context(), stage).fingerprint();
      StageTask first =
          new StageTask(opened.context(), stage, fingerprint, new UnitRange(0, 6), false);
      StageTask last =
          new StageTask(opened.context(), stage, fingerprint, new UnitRange(6, 5), true);

      assertThat(pipeline.stages().compute(last).finished()).as("units are left").isNull();
      assertThat(pipeline.stages().compute(first).finished()).as("not asked to").isNull();
      TaskResult finishing = pipeline.stages().compute(last);
      assertThat(finishing.computed()).isZero();
      assertThat(finishing.finished()).isNotNull();
      assertThat(pipeline.plan(opened.context(), stage).done().artifact())
          .isEqualTo(finishing.finished().artifact());

      // The answer of the attempt before was lost.
      TaskResult again = pipeline.stages().compute(last);
      assertThat(again.adopted()).isEqualTo(5);
      assertThat(again.finished().artifact()).isEqualTo(finishing.finished().artifact());
      assertThat(again.finished().facts()).isEqualTo(finishing.finished().facts());
    }
  }

  /** As after {@code sid gc}: the worker that lives on knows names of objects that are gone. */
  @Test
  void anInputThatIsMadeAnewIsFoundUnderItsNewName() throws IOException {
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      OpenedRequest opened = open(pipeline);
      RunContext context = opened.context();
      Stage.Encode stage = pipeline.encode(opened);
      String fingerprint = pipeline.plan(context, stage).fingerprint();
      StageTask task = new StageTask(context, stage, fingerprint, new UnitRange(0, 1), false);
      assertThat(pipeline.stages().compute(task).computed()).isOne();
      Artifact fit = stage.fits().get(0);
      Path object = pipeline.scope(context, fit).file(fit, 0);

      pipeline.scope(context, fit).output().drop();
      pipeline.scope(context, new Artifact("encode", fingerprint)).output().drop();
      assertThatThrownBy(() -> pipeline.stages().compute(task))
          .cause()
          .hasMessageContaining("is not committed");
      pipeline.encode(opened);

      assertThat(object).doesNotExist();
      assertThat(pipeline.stages().compute(task).computed()).isOne();
    }
  }

  @Test
  void aDamagedPartIsNamed() throws IOException {
    Path object;
    Stage.Encode stage;
    RunContext context;
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      OpenedRequest opened = open(pipeline);
      context = opened.context();
      stage = pipeline.encode(opened);
      object = pipeline.scope(context, stage.fits().get(0)).file(stage.fits().get(0), 0);
    }
    byte[] bytes = Files.readAllBytes(object);
    bytes[bytes.length / 2] ^= 1;
    Files.write(object, bytes);
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      StagePlan plan = pipeline.plan(context, stage);
      assertThatThrownBy(() -> pipeline.compute(context, stage, plan))
          .isInstanceOf(ActivityFailure.class)
          .cause()
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure -> {
                assertThat(failure.getType()).isEqualTo(FailureTypes.DAMAGED);
                assertThat(failure.isNonRetryable()).isTrue();
                assertThat(failure.getOriginalMessage())
                    .contains(object.getFileName().toString())
                    .contains("sid gc --damaged");
              });
    }
  }

  @Test
  void anotherDeviceClassIsRefusedSoThatAnotherWorkerTakesTheTask() {
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      OpenedRequest opened = open(pipeline);
      Stage.Encode stage = pipeline.encode(opened);
      String other = Fingerprints.of(stage, 1, "another class of device");
      assertThatThrownBy(
              () ->
                  pipeline
                      .stages()
                      .compute(
                          new StageTask(
                              opened.context(), stage, other, new UnitRange(0, 1), false)))
          .cause()
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure -> {
                assertThat(failure.getType()).isEqualTo(FailureTypes.OTHER_DEVICE);
                assertThat(failure.isNonRetryable()).isFalse();
              });
    }
  }

  private static List<Path> markersByTime(Path folder) throws IOException {
    return Pipeline.markers(folder).stream()
        .sorted(Comparator.comparing(ResumptionTest::modified))
        .toList();
  }

  /** What the markers say of the bytes of all parts. */
  private static Map<String, String> checksums(Path folder) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    for (Path marker : markersByTime(folder)) {
      sums.put(marker.getFileName().toString(), Json.read(marker).path("sha256").asText());
    }
    return sums;
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
