package io.semanticids.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.tensor.TensorArithmetic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NearestCodesTest {
  private static final int COUNT = 5_000;
  private static final int DIMENSION = 40;
  private static final Rows ROWS =
      Rows.of(Samples.clustered(COUNT, DIMENSION, 80, 0.5, 1), DIMENSION);
  private static final double NORM = Samples.maxNorm(ROWS);
  private static Arithmetic one;
  private static Arithmetic two;
  private static List<Codewords> levels;

  @BeforeAll
  static void fitThreeLevels() {
    one = TensorArithmetic.open(1);
    two = TensorArithmetic.open(2);
    levels = new ArrayList<>();
    for (int size : new int[] {48, 100, 31}) {
      CodeReader codes = CodeReader.of(encode(0, COUNT, two), 0);
      Rows residuals = GatheredRows.copy(new Residuals(ROWS, levels, codes), two, Progress.NONE);
      levels.add(
          KMeans.fit(
                  residuals,
                  Residuals.maxNorm(NORM, levels),
                  KMeansSettings.of(size, 1),
                  two,
                  Progress.NONE)
              .codewords());
    }
  }

  @AfterAll
  static void close() {
    one.close();
    two.close();
  }

  @Test
  void shardsAndThreadsDoNotChangeACode() {
    int[][] whole = encode(0, COUNT, two);
    for (int shard : new int[] {1, 100, 700, 2_049}) {
      for (int first = 0; first < COUNT; first += Math.max(shard, 700)) {
        int count = Math.min(shard, COUNT - first);
        int[][] part = encode(first, count, one);
        for (int l = 0; l < levels.size(); l++) {
          assertThat(part[l]).isEqualTo(Arrays.copyOfRange(whole[l], first, first + count));
        }
      }
    }
  }

  @Test
  void codesAreThoseOfTheResidualsLevelByLevel() {
    int[][] codes = encode(0, COUNT, two);
    for (int l = 0; l < levels.size(); l++) {
      Rows residuals = new Residuals(ROWS, levels.subList(0, l), CodeReader.of(codes, 0));
      int[][] alone = new int[1][COUNT];
      NearestCodes.encode(
          residuals,
          0,
          COUNT,
          levels.subList(l, l + 1),
          Residuals.maxNorm(NORM, levels.subList(0, l)),
          one,
          alone,
          Progress.NONE);
      assertThat(alone[0]).isEqualTo(codes[l]);
    }
  }

  @Test
  void tensorAndPlainChooseTheSameCodesButForNearTies() {
    int[][] tensor = encode(0, COUNT, two);
    int[][] plain = encode(0, COUNT, new PlainArithmetic(2));
    int different = 0;
    for (int i = 0; i < COUNT; i++) {
      different += tensor[0][i] != plain[0][i] ? 1 : 0;
    }
    assertThat(different).isLessThan(5);
  }

  @Test
  void residualsAreWhatTheReconstructionsLeave() {
    int[][] codes = encode(0, COUNT, two);
    float[] rows = new float[COUNT * DIMENSION];
    float[] reconstructed = new float[COUNT * DIMENSION];
    float[] residuals = new float[COUNT * DIMENSION];
    ROWS.read(0, COUNT, rows);
    Reconstruction.of(levels, codes, 0, COUNT, reconstructed);
    new Residuals(ROWS, levels, CodeReader.of(codes, 0)).read(0, COUNT, residuals);
    for (int i = 0; i < rows.length; i++) {
      assertThat(residuals[i]).isCloseTo(rows[i] - reconstructed[i], within(1e-5f));
    }
  }

  @Test
  void tiesGoToTheLowestCode() {
    Codewords codewords = new Codewords(new float[] {3, 1, -1, 1, -1}, 5, 1);
    for (Arithmetic math : new Arithmetic[] {one, new PlainArithmetic(1)}) {
      int[][] codes = new int[1][4];
      NearestCodes.encode(
          Rows.of(new float[] {0, 1, -1, 2}, 1),
          0,
          4,
          List.of(codewords),
          2,
          math,
          codes,
          Progress.NONE);
      assertThat(codes[0]).containsExactly(1, 1, 2, 0);
    }
  }

  private static int[][] encode(int first, int count, Arithmetic math) {
    int[][] codes = new int[levels.size()][count];
    NearestCodes.encode(ROWS, first, count, levels, NORM, math, codes, Progress.NONE);
    return codes;
  }
}
