package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.adapters.Pipeline.Built;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.tensor.Codewords;
import io.semanticids.workflows.activity.Artifact;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Test rows, and every later item, are ruled by the published potentials: nearest code under them.
 */
class TestSplitTest {
  /** Costs are rounded to less than this. */
  private static final double TOLERANCE = 1e-4;

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"level", "prefix"})
  void takesTheNearestCodeUnderTheFinalPotentials(String scopeName) throws IOException {
    SmallCatalogue catalogue = SmallCatalogue.write(root);
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      Built built =
          pipeline.build(
              catalogue.request(
                  root.resolve("out"),
                  "size",
                  new int[] {5, 4},
                  "uniform",
                  true,
                  "scope",
                  scopeName),
              "run");
      try (StageScope scope = pipeline.scope(built.request().context(), built.report())) {
        StoredVectors vectors = scope.vectors(built.items(), built.vectors());
        StoredCodes stored = StoredCodes.of(scope, built.items(), built.after());
        int[][] codes = new int[2][SmallCatalogue.TEST];
        for (int level = 0; level < 2; level++) {
          stored.read(SmallCatalogue.TRAIN, SmallCatalogue.TEST, level, codes[level]);
        }
        float[] row = new float[SmallCatalogue.DIMENSION];
        int differ = 0;
        for (int i = 0; i < SmallCatalogue.TEST; i++) {
          vectors.read(SmallCatalogue.TRAIN + i, 1, row);
          for (int level = 0; level < 2; level++) {
            Artifact artifact = built.after().get(level).codewords();
            BalancedLevel fitted = LevelFiles.level(scope, artifact);
            long[] potentials = potentials(scope, artifact, fitted, level == 0 ? 0 : codes[0][i]);
            double[] scores = scores(row, fitted, potentials);
            int code = codes[level][i];
            for (double score : scores) {
              assertThat(scores[code]).isLessThanOrEqualTo(score + TOLERANCE);
            }
            differ += nearest(scores(row, fitted, new long[scores.length])) == code ? 0 : 1;
            for (int j = 0; j < row.length; j++) {
              row[j] -= fitted.codewords().values()[code * row.length + j];
            }
          }
        }
        assertThat(differ).as("codes that potentials have changed").isPositive();
      }
    }
  }

  private static long[] potentials(
      StageScope scope, Artifact artifact, BalancedLevel fitted, int prefix) {
    if (!artifact.stage().equals("group")) {
      // The repair's, not those that its moves were collected under.
      return fitted.potentials().values();
    }
    long[] read = new long[fitted.size()];
    GroupParts.potentials(scope, artifact, fitted.size()).read(prefix, read);
    return read;
  }

  private static double[] scores(float[] row, BalancedLevel level, long[] potentials) {
    Codewords codewords = level.codewords();
    double[] scores = new double[codewords.size()];
    for (int k = 0; k < scores.length; k++) {
      double sum = -level.scale().toReal(potentials[k]);
      for (int j = 0; j < row.length; j++) {
        double c = codewords.values()[k * row.length + j];
        sum += c * c - 2 * c * row[j];
      }
      scores[k] = sum;
    }
    return scores;
  }

  private static int nearest(double[] scores) {
    int best = 0;
    for (int k = 1; k < scores.length; k++) {
      if (scores[k] < scores[best]) {
        best = k;
      }
    }
    return best;
  }
}
