package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.publish.Codebook;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.PlainArithmetic;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition, in doubles. */
class ItemEncoderTest {
  private static final int N = 300;
  private static final int D = 6;
  private static final int[] SIZES = {5, 7};
  private static final double FACTOR = 1 << 20;

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void nearestCodewordsWithoutPotentials() {
    assertAgrees(null, null);
  }

  @Test
  void potentialsOfALevelAndOfEachPrefix() {
    assertAgrees(potentials(1, SIZES[0]), potentials(SIZES[0], SIZES[1]));
  }

  private void assertAgrees(
      Codebook.@Nullable Potentials first, Codebook.@Nullable Potentials second) {
    Codewords one = codewords(SIZES[0]);
    Codewords two = codewords(SIZES[1]);
    Codebook codebook =
        new Codebook(
            null,
            null,
            false,
            "prefix",
            1,
            1,
            List.of(new Codebook.Level(one, first), new Codebook.Level(two, second)));
    float[] vectors = floats(N * D);
    float[] used = vectors.clone();
    int[][] codes;
    try (PlainArithmetic arithmetic = new PlainArithmetic(1)) {
      codes = new ItemEncoder(codebook, arithmetic).encode(used, N);
    }
    for (int i = 0; i < N; i++) {
      double[] rest = new double[D];
      for (int d = 0; d < D; d++) {
        rest[d] = vectors[i * D + d];
      }
      int a = best(rest, one, first, 0);
      assertThat(codes[0][i]).isEqualTo(a);
      for (int d = 0; d < D; d++) {
        rest[d] -= one.values()[a * D + d];
      }
      assertThat(codes[1][i]).isEqualTo(best(rest, two, second, a));
    }
  }

  @Test
  void aBeamFindsTheBestOfAllPaths() {
    List<Codebook.Level> levels =
        List.of(
            new Codebook.Level(codewords(SIZES[0]), null),
            new Codebook.Level(codewords(SIZES[1]), null));
    float[] vectors = floats(N * D);
    try (PlainArithmetic arithmetic = new PlainArithmetic(1)) {
      int[][] codes =
          new ItemEncoder(new Codebook(null, null, false, "level", 1, SIZES[0], levels), arithmetic)
              .encode(vectors.clone(), N);
      for (int i = 0; i < N; i++) {
        double best = Double.POSITIVE_INFINITY;
        for (int path = 0; path < SIZES[0] * SIZES[1]; path++) {
          best = Math.min(best, error(vectors, i, levels, path / SIZES[1], path % SIZES[1]));
        }
        assertThat(error(vectors, i, levels, codes[0][i], codes[1][i])).isLessThan(best + 1e-5);
      }
    }
  }

  /** A row of any length has the codes of the row of length 1; a row of zeros stays. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void lengthsDoNotCountWhereTheRunNormalized(int beam) {
    List<Codebook.Level> levels =
        List.of(
            new Codebook.Level(codewords(SIZES[0]), null),
            new Codebook.Level(codewords(SIZES[1]), null));
    float[] vectors = floats(N * D);
    float[] unit = new float[N * D];
    for (int i = 0; i < N; i++) {
      double squares = 0;
      for (int d = 0; d < D; d++) {
        vectors[i * D + d] *= i == 7 ? 0 : Math.scalb(1f, i % 9 - 4);
        squares += (double) vectors[i * D + d] * vectors[i * D + d];
      }
      for (int d = 0; d < D; d++) {
        unit[i * D + d] = i == 7 ? 0 : (float) (vectors[i * D + d] / Math.sqrt(squares));
      }
    }
    int[][] expected = encode(levels, false, beam, unit);
    assertThat(encode(levels, true, beam, vectors)).isDeepEqualTo(expected);
    assertThat(Arrays.deepEquals(encode(levels, false, beam, vectors), expected)).isFalse();
  }

  private static int[][] encode(
      List<Codebook.Level> levels, boolean normalize, int beam, float[] vectors) {
    Codebook codebook = new Codebook(null, null, normalize, "level", 1, beam, levels);
    try (PlainArithmetic arithmetic = new PlainArithmetic(1)) {
      return new ItemEncoder(codebook, arithmetic).encode(vectors.clone(), N);
    }
  }

  private static double error(
      float[] vectors, int row, List<Codebook.Level> levels, int first, int second) {
    double error = 0;
    for (int d = 0; d < D; d++) {
      double left =
          (double) vectors[row * D + d]
              - levels.get(0).codewords().values()[first * D + d]
              - levels.get(1).codewords().values()[second * D + d];
      error += left * left;
    }
    return error;
  }

  private static int best(
      double[] row, Codewords codewords, Codebook.@Nullable Potentials potentials, int prefix) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < codewords.size(); k++) {
      double cost = 0;
      for (int d = 0; d < D; d++) {
        double difference = row[d] - codewords.values()[k * D + d];
        cost += difference * difference;
      }
      if (potentials != null) {
        int at = potentials.prefixes() == 1 ? k : prefix * codewords.size() + k;
        cost -= potentials.values()[at] / FACTOR;
      }
      if (cost < least) {
        least = cost;
        best = k;
      }
    }
    return best;
  }

  private Codebook.Potentials potentials(int prefixes, int size) {
    int[] values = random.ints((long) prefixes * size, -1 << 19, 1 << 19).toArray();
    return new Codebook.Potentials(values, prefixes, new CostScale(FACTOR));
  }

  private Codewords codewords(int size) {
    return new Codewords(floats(size * D), size, D);
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
