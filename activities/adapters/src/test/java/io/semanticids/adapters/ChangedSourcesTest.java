package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.embed.TextEmbedders;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StagePlan;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogues that change or go while a run is on. */
class ChangedSourcesTest {
  @TempDir Path root;

  private SmallCatalogue catalogue;

  @BeforeEach
  void catalogue() throws IOException {
    catalogue = SmallCatalogue.write(root);
  }

  private OpenedRequest open(Pipeline pipeline) {
    return pipeline.open(
        catalogue.request(root.resolve("out"), "size", new int[] {5, 4}, "shardRows", 512), "run");
  }

  @Test
  void vectorsThatChangeDuringARunAreNoticed() throws IOException {
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      OpenedRequest opened = open(pipeline);
      Stage.Encode stage = pipeline.encode(opened);
      byte[] before = changeTrain();
      StagePlan plan = pipeline.plan(opened.context(), stage);
      assertNoticed(() -> pipeline.compute(opened.context(), stage, plan));

      Files.write(catalogue.train(), before);
      assertThat(pipeline.compute(opened.context(), stage, plan)).isPositive();
    }
  }

  @Test
  void vectorsThatGoDuringARunAreMissed() throws IOException {
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      OpenedRequest opened = open(pipeline);
      Stage.Encode stage = pipeline.encode(opened);
      Path elsewhere = Files.move(catalogue.train(), root.resolve("elsewhere.npy"));
      StagePlan plan = pipeline.plan(opened.context(), stage);
      assertThatThrownBy(() -> pipeline.compute(opened.context(), stage, plan))
          .cause()
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure ->
                  assertThat(failure.getOriginalMessage())
                      .contains("train.npy")
                      .contains("does not exist"));

      Files.move(elsewhere, catalogue.train());
      assertThat(pipeline.compute(opened.context(), stage, plan)).isPositive();
    }
  }

  /** Otherwise the new content would lie under the fingerprint of the old. */
  @Test
  void catalogueThatChangesBeforeItIsPreparedIsNoticed() throws IOException {
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      OpenedRequest opened = open(pipeline);
      byte[] before = changeTrain();
      StagePlan plan = pipeline.plan(opened.context(), opened.prepare());
      assertNoticed(() -> pipeline.compute(opened.context(), opened.prepare(), plan));
      assertThat(root.resolve("out")).as("what was committed").doesNotExist();

      Files.write(catalogue.train(), before);
      assertThat(pipeline.compute(opened.context(), opened.prepare(), plan)).isOne();
    }
  }

  @Test
  void catalogueThatChangesWhileItIsPreparedLeavesNothing() throws IOException {
    byte[] before = Files.readAllBytes(catalogue.train());
    AtomicBoolean changed = new AtomicBoolean();
    StageListener changing =
        new StageListener() {
          @Override
          public void progress(String stage, long done, long total, String unit) {}

          @Override
          public void finished(String stage) {}

          @Override
          public void worked(String stage, long rows) {
            if (stage.equals("prepare") && rows > 0 && changed.compareAndSet(false, true)) {
              changeTrain();
            }
          }
        };
    try (Pipeline pipeline = Pipeline.open(root, 1, changing, TextEmbedders::open)) {
      OpenedRequest opened = open(pipeline);
      StagePlan plan = pipeline.plan(opened.context(), opened.prepare());
      assertNoticed(() -> pipeline.compute(opened.context(), opened.prepare(), plan));
      assertThat(changed).isTrue();
      assertThat(Pipeline.markers(root.resolve("out"))).isEmpty();

      Files.write(catalogue.train(), before);
      assertThat(pipeline.compute(opened.context(), opened.prepare(), plan)).isOne();
    }
  }

  /** Returns what it was. */
  private byte[] changeTrain() {
    try {
      byte[] before = Files.readAllBytes(catalogue.train());
      byte[] after = before.clone();
      after[after.length - 2] ^= 1;
      Files.write(catalogue.train(), after);
      return before;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertNoticed(ThrowingCallable work) {
    assertThatThrownBy(work)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(FailureTypes.INVALID_DATA);
              assertThat(failure.getOriginalMessage())
                  .contains("train.npy")
                  .contains("changed")
                  .contains("Put it back");
            });
  }
}
