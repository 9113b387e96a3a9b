package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.catalogue.SampleVectors;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.RunContext;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestOpenerTest {
  @TempDir Path folder;

  private Path root;
  private SmallCatalogue catalogue;
  private Pipeline pipeline;

  @BeforeEach
  void open() throws IOException {
    root = folder.resolve("root");
    catalogue = SmallCatalogue.write(root);
    pipeline = Pipeline.open(root, 1);
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  private static void fails(ThrowingCallable call, String type, String... parts) {
    assertThatThrownBy(call)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(type);
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage()).contains(parts);
            });
  }

  @Test
  void theSameRequestMayBeOpenedAgainAndAnotherMayNotTakeItsName() {
    ObjectNode request = catalogue.request(root.resolve("out"), "size", 5);
    OpenedRequest first = pipeline.open(request, "mine");
    ObjectNode other = catalogue.request(root.resolve("out"), "size", 6);
    assertThat(pipeline.open(other, "mine").sizes()).containsOnly(6);

    pipeline.claim(first, "mine");
    pipeline.claim(first, "mine");
    assertThat(pipeline.open(request, "mine")).isEqualTo(first);
    fails(
        () -> pipeline.open(other, "mine"), FailureTypes.INVALID_REQUEST, "'mine'", "another name");
    assertThat(pipeline.open(other, "other").sizes()).containsOnly(6);
  }

  @Test
  void ofTwoThatOpenedANameOneClaimsIt() {
    OpenedRequest first = pipeline.open(catalogue.request(root.resolve("out"), "size", 5), "mine");
    OpenedRequest other = pipeline.open(catalogue.request(root.resolve("out"), "size", 6), "mine");
    pipeline.claim(other, "mine");
    fails(() -> pipeline.claim(first, "mine"), FailureTypes.INVALID_REQUEST, "'mine'");
  }

  @Test
  void aNameBelongsToTheDataToo() throws IOException {
    ObjectNode request = catalogue.request(root.resolve("out"));
    pipeline.claim(pipeline.open(request, "mine"), "mine");
    SampleVectors.write(
        600, SmallCatalogue.DIMENSION, 9, catalogue.test(), SampleVectors.Precision.FLOAT32, 1);
    fails(
        () -> pipeline.open(request, "mine"), FailureTypes.INVALID_REQUEST, "'mine'", "other data");
  }

  @ParameterizedTest
  @CsvSource({"false, encode", "true, repair"})
  void aRunThatOtherStagesFinishedIsRefusedBeforeAnythingIsComputed(boolean uniform, String stage)
      throws IOException {
    ObjectNode request = catalogue.request(root.resolve("out"), "size", 5, "uniform", uniform);
    pipeline.build(request, "mine");
    assertThat(pipeline.open(request, "mine").sizes()).containsOnly(5);
    Path file = root.resolve("out/runs/mine/manifest.json");
    ObjectNode manifest = (ObjectNode) Json.read(Files.readAllBytes(file));
    ObjectNode versions = (ObjectNode) manifest.path("versions");
    assertThat(versions.has("repair")).isEqualTo(uniform);
    String version = versions.path(stage).asText();
    versions.put(stage, "0");
    Files.delete(file);
    Files.writeString(file, manifest.toString());
    fails(
        () -> pipeline.open(request, "mine"),
        FailureTypes.INVALID_REQUEST,
        "'mine'",
        "version 0 of its stage %s, not %s".formatted(stage, version),
        "another name");
  }

  @Test
  void theCutIntoShardsMayChangeUnderOneName() {
    pipeline.claim(
        pipeline.open(catalogue.request(root.resolve("out"), "shardRows", 512), "mine"), "mine");
    OpenedRequest again =
        pipeline.open(catalogue.request(root.resolve("out"), "shardRows", 1_024), "mine");
    assertThat(again.context().shardRows()).isEqualTo(1_024);
  }

  @Test
  void nothingOutsideTheRootsIsTouched() {
    Path outside = folder.resolve("elsewhere");
    fails(
        () -> pipeline.open(catalogue.request(outside), "run"),
        FailureTypes.INVALID_REQUEST,
        "elsewhere");
    OpenedRequest opened = pipeline.open(catalogue.request(root.resolve("out")), "run");
    RunContext stray =
        new RunContext(
            outside.toUri().toString(),
            opened.context().dataset(),
            opened.context().test(),
            null,
            512);
    fails(() -> pipeline.plan(stray, opened.prepare()), FailureTypes.ACCESS_DENIED, "elsewhere");
    assertThat(outside).doesNotExist();
  }

  @Test
  void allProblemsAreToldAtOnce() {
    ObjectNode request = Pipeline.request("dataset", root.resolve("missing.npy").toString());
    request.put("output", folder.resolve("elsewhere").toString());
    fails(
        () -> pipeline.open(request, "a/b"),
        FailureTypes.INVALID_REQUEST,
        "a/b",
        "missing.npy",
        "elsewhere");
  }

  @Test
  void aCheckpointThatCannotBeUsedIsOneOfTheProblems() throws IOException {
    Path items = root.resolve("items.jsonl");
    Files.writeString(items, "{\"id\": 1, \"title\": \"a\"}\n");
    Path weights = Files.createDirectory(root.resolve("weights"));
    fails(
        () ->
            pipeline.open(
                Pipeline.request(
                    "dataset",
                    items.toString(),
                    "model",
                    "checkpoint",
                    "weights",
                    weights.toString(),
                    "output",
                    folder.resolve("elsewhere").toString()),
                "run"),
        FailureTypes.INVALID_REQUEST,
        weights.resolve("config.json") + " is missing",
        "elsewhere");
  }

  @Test
  void morePathsThanPotentialsFitAreRefused() {
    fails(
        () ->
            pipeline.open(
                catalogue.request(
                    root.resolve("out"),
                    "size",
                    new int[] {1_024, 1_024, 1_024},
                    "uniform",
                    true,
                    "scope",
                    "last"),
                "run"),
        FailureTypes.INVALID_REQUEST,
        "level 3",
        "scope 'level'");
  }
}
