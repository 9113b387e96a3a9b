package io.semanticids.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.tensor.TensorArithmetic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BeamCodesTest {
  private static final int COUNT = 700;
  private static final int DIMENSION = 6;
  private static final int[] SIZES = {7, 5, 9};
  private static final float[] VALUES = new float[COUNT * DIMENSION];
  private static final Rows ROWS = Rows.of(VALUES, DIMENSION);
  private static final double NORM = Math.sqrt(DIMENSION);
  private static final List<Codewords> LEVELS = new ArrayList<>();
  private static Arithmetic math;

  @BeforeAll
  static void make() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < VALUES.length; i++) {
      VALUES[i] = (float) random.nextDouble(-1, 1);
    }
    for (int l = 0; l < SIZES.length; l++) {
      float[] codewords = new float[SIZES[l] * DIMENSION];
      for (int i = 0; i < codewords.length; i++) {
        codewords[i] = (float) random.nextDouble(-1, 1) / (l + 1);
      }
      LEVELS.add(new Codewords(codewords, SIZES[l], DIMENSION));
    }
    math = TensorArithmetic.open(2);
  }

  @AfterAll
  static void close() {
    math.close();
  }

  private static double error(int row, int... path) {
    double sum = 0;
    for (int j = 0; j < DIMENSION; j++) {
      double left = VALUES[row * DIMENSION + j];
      for (int l = 0; l < path.length; l++) {
        left -= LEVELS.get(l).values()[path[l] * DIMENSION + j];
      }
      sum += left * left;
    }
    return sum;
  }

  @Test
  void aBeamAsWideAsAllPrefixesFindsTheBestPath() {
    int[][] codes =
        new BeamCodes(LEVELS, NORM, SIZES[0] * SIZES[1], 2, Progress.NONE).encode(ROWS, math);
    for (int i = 0; i < COUNT; i++) {
      double best = Double.MAX_VALUE;
      for (int a = 0; a < SIZES[0]; a++) {
        for (int b = 0; b < SIZES[1]; b++) {
          for (int c = 0; c < SIZES[2]; c++) {
            best = Math.min(best, error(i, a, b, c));
          }
        }
      }
      assertThat(error(i, codes[0][i], codes[1][i], codes[2][i])).isLessThan(best + 1e-5);
    }
  }

  @Test
  void aBeamOfOneTakesTheNearestCodewords() {
    int[][] nearest = new int[3][COUNT];
    NearestCodes.encode(ROWS, 0, COUNT, LEVELS, NORM, math, nearest, Progress.NONE);
    int[][] codes = new BeamCodes(LEVELS, NORM, 1, 2, Progress.NONE).encode(ROWS, math);
    int different = 0;
    for (int i = 0; i < COUNT; i++) {
      different += Arrays.equals(path(codes, i), path(nearest, i)) ? 0 : 1;
    }
    assertThat(different).isLessThan(3);
  }

  @Test
  void aWiderBeamLosesLessOfTheRows() {
    double[] errors = new double[4];
    int[] beams = {1, 2, 5, 20};
    for (int b = 0; b < beams.length; b++) {
      int[][] codes = new BeamCodes(LEVELS, NORM, beams[b], 2, Progress.NONE).encode(ROWS, math);
      for (int i = 0; i < COUNT; i++) {
        errors[b] += error(i, path(codes, i));
      }
    }
    assertThat(errors[1]).isLessThan(errors[0]);
    assertThat(errors[2]).isLessThan(errors[1]);
    assertThat(errors[3]).isLessThanOrEqualTo(errors[2]);
  }

  @Test
  void codesDependNeitherOnRangesNorOnThreads() {
    int[][] whole = new BeamCodes(LEVELS, NORM, 4, 2, Progress.NONE).encode(ROWS, math);
    try (Arithmetic one = TensorArithmetic.open(1)) {
      int[][] part = new int[3][257];
      new BeamCodes(LEVELS, NORM, 4, 2, Progress.NONE)
          .encode(ROWS, 130, 257, one, part, Progress.NONE);
      for (int l = 0; l < 3; l++) {
        assertThat(part[l]).isEqualTo(Arrays.copyOfRange(whole[l], 130, 387));
      }
    }
  }

  @Test
  void tiesGoToTheLowestCode() {
    Codewords twice = new Codewords(new float[] {1, 1, -1, -1}, 4, 1);
    Codewords zero = new Codewords(new float[] {0, 0}, 2, 1);
    int[][] codes =
        new BeamCodes(List.of(twice, zero), 1, 3, 2, Progress.NONE)
            .encode(Rows.of(new float[] {1, -1, 0}, 1), new PlainArithmetic(1));
    assertThat(codes[0]).containsExactly(0, 2, 0);
    assertThat(codes[1]).containsExactly(0, 0, 0);
  }

  @Test
  void levelsTooLargeForTablesAreRefused() {
    Codewords large = new Codewords(new float[8_193], 8_193, 1);
    assertThatThrownBy(() -> new BeamCodes(List.of(large, large), 1, 2, 2, Progress.NONE))
        .hasMessageContaining("8193 x 8193")
        .hasMessageContaining("beam 1");
  }

  private static int[] path(int[][] codes, int row) {
    return new int[] {codes[0][row], codes[1][row], codes[2][row]};
  }
}
