package io.semanticids.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.tensor.TensorArithmetic;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwapsTest {
  private static final int DIMENSION = 12;
  private static final Arithmetic PLAIN = new PlainArithmetic(2);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void findsClustersThatNoCodewordIsNear(long seed) {
    int clusters = 20;
    Rows rows = Rows.of(Samples.clustered(4_000, DIMENSION, clusters, 0.05, seed), DIMENSION);
    // All codewords begin in the cluster of the first row.
    float[] first = new float[DIMENSION];
    rows.read(0, 1, first);
    float[] values = new float[clusters * DIMENSION];
    for (int k = 0; k < clusters; k++) {
      for (int j = 0; j < DIMENSION; j++) {
        values[k * DIMENSION + j] = first[j] + 1e-3f * k;
      }
    }
    Codewords start = new Codewords(values, clusters, DIMENSION);
    double best = 0.05 * 0.05;
    assertThat(lloyd(start, rows, 16)).isGreaterThan(10 * best);
    assertThat(lloyd(improve(start, rows, 16, PLAIN), rows, 4)).isCloseTo(best, within(0.1 * best));
  }

  @Test
  void splitsACloudInWhichRowsLieFarFromEachOther() {
    // No row is near another: a codeword on a row serves that row alone.
    int dimension = 64;
    Rows rows = Rows.of(Samples.clustered(3_000, dimension, 1, 1, 6), dimension);
    float[] values = new float[8 * dimension];
    rows.read(0, 8, values);
    float[] mean = means(rows, dimension);
    System.arraycopy(mean, 0, values, 0, dimension);
    Codewords start = new Codewords(values, 8, dimension);
    assertThat(lloyd(improve(start, rows, 8, PLAIN), rows, 4))
        .isLessThan(0.99 * lloyd(start, rows, 12));
  }

  @Test
  void theFirstRoundMakesMeans() {
    Rows rows = Rows.of(Samples.clustered(2_500, DIMENSION, 9, 0.5, 7), DIMENSION);
    float[] values = new float[16 * DIMENSION];
    rows.read(0, 16, values);
    Codewords start = new Codewords(values, 16, DIMENSION);
    assertThat(improve(start, rows, 1, PLAIN).values())
        .containsExactly(lloydRound(start, rows), within(1e-6f));
  }

  @Test
  void isBetterThanLloydAlone() {
    Rows rows = Rows.of(Samples.clustered(6_000, DIMENSION, 300, 0.3, 8), DIMENSION);
    for (long seed = 1; seed <= 3; seed++) {
      Codewords start = Seeding.of(rows, norm(rows), 96, 1, seed, PLAIN, Progress.NONE);
      assertThat(lloyd(improve(start, rows, 8, PLAIN), rows, 4))
          .isLessThan(0.99 * lloyd(start, rows, 12));
    }
  }

  @Test
  void threadsDoNotChangeABit() {
    Rows rows = Rows.of(Samples.clustered(9_000, 33, 200, 0.4, 9), 33);
    try (Arithmetic one = TensorArithmetic.open(1);
        Arithmetic seven = TensorArithmetic.open(7)) {
      Codewords start = Seeding.of(rows, norm(rows), 100, 1, 1, one, Progress.NONE);
      assertThat(improve(start, rows, 6, seven).values())
          .isEqualTo(improve(start, rows, 6, one).values());
    }
  }

  @Test
  void rowsThatEqualTheirCodewordsAreLeftAlone() {
    float[] values = Samples.clustered(300, DIMENSION, 5, 0.5, 10);
    for (int i = 40; i < 300; i++) {
      System.arraycopy(values, i % 40 * DIMENSION, values, i * DIMENSION, DIMENSION);
    }
    Rows rows = Rows.of(values, DIMENSION);
    Codewords start = new Codewords(Arrays.copyOf(values, 48 * DIMENSION), 48, DIMENSION);
    AtomicLong progress = new AtomicLong();
    try (Arithmetic tensor = TensorArithmetic.open(2)) {
      for (Arithmetic math : new Arithmetic[] {PLAIN, tensor}) {
        progress.set(0);
        Codewords same = Swaps.improve(start, rows, norm(rows), 8, 1, math, progress::addAndGet);
        assertThat(same.values()).isEqualTo(start.values());
        assertThat(progress).hasValue(300);
      }
    }
  }

  @Test
  void oneCodewordHasNothingToSwapWith() {
    Rows rows = Rows.of(Samples.clustered(500, DIMENSION, 4, 0.5, 11), DIMENSION);
    Codewords start = new Codewords(new float[DIMENSION], 1, DIMENSION);
    assertThat(improve(start, rows, 8, PLAIN).values())
        .containsExactly(means(rows, DIMENSION), within(1e-6f));
  }

  private static Codewords improve(Codewords start, Rows rows, int rounds, Arithmetic math) {
    return Swaps.improve(start, rows, norm(rows), rounds, 1, math, Progress.NONE);
  }

  private static double lloyd(Codewords start, Rows rows, int rounds) {
    KMeansSettings settings = new KMeansSettings(start.size(), rounds, 0, 1);
    return KMeans.refine(start, rows, norm(rows), settings, PLAIN, Progress.NONE)
        .meanSquaredError();
  }

  private static double norm(Rows rows) {
    return Samples.maxNorm(rows);
  }

  private static float[] means(Rows rows, int dimension) {
    return lloydRound(new Codewords(new float[dimension], 1, dimension), rows);
  }

  /** One round in double precision; a code without rows keeps its codeword. */
  private static float[] lloydRound(Codewords codewords, Rows rows) {
    int dimension = codewords.dimension();
    double[] sums = new double[codewords.values().length];
    int[] loads = new int[codewords.size()];
    float[] row = new float[dimension];
    for (int i = 0; i < rows.count(); i++) {
      rows.read(i, 1, row);
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < codewords.size(); k++) {
        double distance = SquaredDistance.of(row, 0, codewords.values(), k * dimension, dimension);
        if (distance < least) {
          least = distance;
          best = k;
        }
      }
      loads[best]++;
      for (int j = 0; j < dimension; j++) {
        sums[best * dimension + j] += row[j];
      }
    }
    float[] means = codewords.values().clone();
    for (int i = 0; i < means.length; i++) {
      if (loads[i / dimension] > 0) {
        means[i] = (float) (sums[i] / loads[i / dimension]);
      }
    }
    return means;
  }
}
