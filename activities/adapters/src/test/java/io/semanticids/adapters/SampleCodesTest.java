package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.catalogue.SampleVectors;
import io.semanticids.quantize.CodeReader;
import io.semanticids.quantize.KMeans;
import io.semanticids.quantize.KMeansSettings;
import io.semanticids.quantize.LevelFit;
import io.semanticids.quantize.NearestCodes;
import io.semanticids.quantize.Residuals;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a level's fit takes of the levels before it: the codes of their samples, if it can. */
class SampleCodesTest {
  /** More than the least sample, so that a level of many codes has a larger one. */
  private static final int ROWS = 66_000;

  private static final int FEW = 2;
  private static final int MANY = 258;
  private static final long SEED = 1;

  @TempDir Path root;

  @Test
  void anEqualSampleTakesThoseThatTheFitBeforeLeft() throws IOException {
    fits(
        FEW,
        (scope, sample, first, codes) -> {
          int[] left = LevelFiles.sampleCodes(scope, first);
          assertThat(left).hasSameSizeAs(codes);
          System.arraycopy(left, 0, codes, 0, codes.length);
        });
  }

  @Test
  void anotherSampleIsEncodedAnew() throws IOException {
    fits(
        MANY,
        (scope, sample, first, codes) -> {
          assertThat(LevelFiles.sampleCodes(scope, first).length).isLessThan(codes.length);
          LevelRows rows = sample.rows();
          NearestCodes.encode(
              sample.chosen(),
              0,
              codes.length,
              List.of(LevelFiles.level(scope, first).codewords()),
              rows.maxNorm(),
              scope.arithmetic(),
              new int[][] {codes},
              Progress.NONE);
        });
  }

  private record Sample(LevelRows rows, Rows chosen) {}

  /** Fills the codes of the sample's rows at the first level. */
  @FunctionalInterface
  private interface Before {
    void codes(StageScope scope, Sample sample, Artifact first, int[] codes);
  }

  /** The second of two levels, the first of {@link #FEW} codes, is k-means on what these leave. */
  private void fits(int size, Before before) throws IOException {
    Path train = root.resolve("train.npy");
    SampleVectors.write(ROWS, 2, 1, train, SampleVectors.Precision.FLOAT32, 2);
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      OpenedRequest opened =
          pipeline.open(
              Pipeline.request(
                  "dataset", train.toString(), "output", root.resolve("out").toString()),
              "fits");
      Artifact items = pipeline.run(opened.context(), opened.prepare()).artifact();
      Artifact first = fit(pipeline, opened, items, List.of(), FEW);
      Artifact second = fit(pipeline, opened, items, List.of(first), size);
      try (StageScope scope = pipeline.scope(opened.context(), second)) {
        LevelRows rows = LevelRows.of(scope, items, items, List.of());
        Rows chosen = rows.sample(size, SEED);
        int[] codes = new int[Math.toIntExact(chosen.count())];
        before.codes(scope, new Sample(rows, chosen), first, codes);
        List<Codewords> previous = List.of(LevelFiles.level(scope, first).codewords());
        LevelFit expected =
            KMeans.fit(
                new Residuals(chosen, previous, CodeReader.of(new int[][] {codes}, 0)),
                Residuals.maxNorm(rows.maxNorm(), previous),
                KMeansSettings.of(size, SEED + 2),
                scope.arithmetic(),
                Progress.NONE);
        assertThat(LevelFiles.level(scope, second).codewords().values())
            .isEqualTo(expected.codewords().values());
        assertThat(LevelFiles.sampleCodes(scope, second)).isEqualTo(expected.codes());
      }
    }
  }

  private static Artifact fit(
      Pipeline pipeline, OpenedRequest opened, Artifact items, List<Artifact> previous, int size) {
    int level = previous.size() + 1;
    return pipeline
        .run(opened.context(), new Stage.Fit(items, items, previous, level, size, SEED))
        .artifact();
  }
}
