package io.semanticids.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostKernelTest {
  private static final Arithmetic PLAIN = new PlainArithmetic(1);
  private static Arithmetic tensor;

  @BeforeAll
  static void open() {
    tensor = TensorArithmetic.open(1);
  }

  @AfterAll
  static void close() {
    tensor.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "1,1,2",
    "2,1,1",
    "3,7,5",
    "7,3,2",
    "8,8,8",
    "15,16,17",
    "16,31,33",
    "17,48,100",
    "31,1,1000",
    "33,2,3",
    "63,64,65",
    "64,100,48",
    "65,127,128",
    "100,129,1",
    "127,255,257",
    "255,256,256",
    "300,384,97",
    "511,512,31",
    "1000,1024,10",
    "2048,33,255",
    "13,1536,300",
    "33,24,4100",
    "17,5,8192"
  })
  void agreesWithThePlainReference(int rows, int dimension, int size) {
    float[] values = Matrices.normal(rows, dimension, 1);
    Codewords codewords = new Codewords(Matrices.normal(size, dimension, 2), size, dimension);
    double maxRowNorm = Matrices.maxNorm(values, dimension);
    CostScale scale = CostScale.of(maxRowNorm, codewords);

    int[] expected = costs(PLAIN, values, rows, codewords, scale, rows);
    int[] actual = costs(tensor, values, rows, codewords, scale, rows);

    // A float sum of d products is off by at most d ulps of |r||c|, and far less as errors cancel.
    double tolerance =
        0.5
            + scale.factor()
                * Math.ulp(1f)
                * (2 + Math.sqrt(dimension))
                * (2 * maxRowNorm + codewords.maxNorm())
                * codewords.maxNorm();
    for (int i = 0; i < rows * size; i++) {
      assertThat((double) actual[i]).as("cost %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "64,256", "256,256", "256,100", "384,48", "33,17", "1024,64", "256,6", "100,1", "64,2",
    "384,10", "64,4100"
  })
  void rowsDoNotDependOnTheirPlaceNorOnTheirNeighbours(int dimension, int size) {
    int rows = 300;
    float[] values = Matrices.normal(rows, dimension, 3);
    Codewords codewords = new Codewords(Matrices.normal(size, dimension, 4), size, dimension);
    CostScale scale = CostScale.of(Matrices.maxNorm(values, dimension), codewords);
    for (Arithmetic arithmetic : new Arithmetic[] {PLAIN, tensor}) {
      int[] whole = costs(arithmetic, values, rows, codewords, scale, rows);
      for (int height : new int[] {1, 2, 3, 5, 16, 31, 64, 100, 512, Arithmetic.BLOCK}) {
        assertThat(
                Arrays.equals(inBlocks(arithmetic, values, rows, codewords, scale, height), whole))
            .as("%s, height %d", arithmetic.deviceClass(), height)
            .isTrue();
      }
      float[] shifted = new float[values.length];
      System.arraycopy(values, 0, shifted, dimension, values.length - dimension);
      int[] moved = costs(arithmetic, shifted, rows, codewords, scale, rows);
      assertThat(Arrays.equals(moved, size, rows * size, whole, 0, (rows - 1) * size)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "64,50", "256,3", "256,128", "33,17", "384,100", "100,7", "256,5", "1024,9", "3,1", "64,2052"
  })
  void equalCodewordsCostTheSame(int dimension, int half) {
    float[] values = Matrices.normal(100, dimension, 6);
    float[] twice = new float[2 * half * dimension];
    System.arraycopy(Matrices.normal(half, dimension, 7), 0, twice, 0, half * dimension);
    System.arraycopy(twice, 0, twice, half * dimension, half * dimension);
    Codewords codewords = new Codewords(twice, 2 * half, dimension);
    CostScale scale = CostScale.of(Matrices.maxNorm(values, dimension), codewords);
    for (Arithmetic arithmetic : new Arithmetic[] {PLAIN, tensor}) {
      int[] costs = costs(arithmetic, values, 100, codewords, scale, 100);
      for (int i = 0; i < 200 * half; i += 2 * half) {
        assertThat(Arrays.equals(costs, i, i + half, costs, i + half, i + 2 * half)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"16,256", "33,17", "7,1", "24,4100", "5,8192"})
  void potentialsAreTakenOffAndTheLeastIsFound(int dimension, int size) {
    int rows = 70;
    float[] values = Matrices.normal(rows, dimension, 8);
    Codewords codewords = new Codewords(Matrices.normal(size, dimension, 9), size, dimension);
    CostScale scale = CostScale.of(Matrices.maxNorm(values, dimension), codewords);
    int[] potentials = new SplittableRandom(1).ints(size, -(1 << 28), (1 << 28) + 1).toArray();
    for (Arithmetic arithmetic : new Arithmetic[] {PLAIN, tensor}) {
      int[] expected = costs(arithmetic, values, rows, codewords, scale, rows);
      int[] costs = new int[rows * size];
      int[] least = new int[rows];
      try (CostKernel kernel = arithmetic.costs(codewords, scale, potentials, rows)) {
        kernel.costs(values, rows, costs, least);
      }
      for (int i = 0; i < rows; i++) {
        int lowest = 0;
        for (int k = 0; k < size; k++) {
          int cost = expected[i * size + k] - potentials[k];
          assertThat(costs[i * size + k]).isEqualTo(cost);
          lowest = cost < costs[i * size + lowest] ? k : lowest;
        }
        assertThat(least[i]).isEqualTo(costs[i * size + lowest]);
        assertThat(CostKernel.nearest(costs, i * size, least[i])).isEqualTo(lowest);
      }
    }
  }

  @Test
  void refusesPotentialsThatMayOverflow() {
    Codewords codewords = new Codewords(Matrices.normal(2, 4, 5), 2, 4);
    CostScale scale = CostScale.of(1, codewords);
    for (Arithmetic arithmetic : new Arithmetic[] {PLAIN, tensor}) {
      assertThatThrownBy(() -> arithmetic.costs(codewords, scale, new int[] {0, (1 << 28) + 1}, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("within 2^28");
      assertThatThrownBy(() -> arithmetic.costs(codewords, scale, new int[3], 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 potentials");
    }
  }

  private static int[] inBlocks(
      Arithmetic arithmetic,
      float[] values,
      int rows,
      Codewords codewords,
      CostScale scale,
      int height) {
    int dimension = codewords.dimension();
    int[] all = new int[rows * codewords.size()];
    int[] costs = new int[height * codewords.size()];
    try (CostKernel kernel = arithmetic.costs(codewords, scale, height)) {
      for (int first = 0; first < rows; first += height) {
        int count = Math.min(height, rows - first);
        kernel.costs(
            Arrays.copyOfRange(values, first * dimension, (first + count) * dimension),
            count,
            costs,
            new int[count]);
        System.arraycopy(costs, 0, all, first * codewords.size(), count * codewords.size());
      }
    }
    return all;
  }

  @Test
  void refusesRowsOutsideTheScale() {
    Codewords codewords = new Codewords(Matrices.normal(3, 4, 5), 3, 4);
    CostScale scale = CostScale.of(1, codewords);
    for (Arithmetic arithmetic : new Arithmetic[] {PLAIN, tensor}) {
      for (float value : new float[] {1000f, Float.NaN, Float.POSITIVE_INFINITY}) {
        float[] row = {0, value, 0, 0};
        assertThatThrownBy(() -> costs(arithmetic, row, 1, codewords, scale, 1))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("outside the scale");
      }
    }
  }

  @Test
  void refusesABlockThatIsTooHigh() {
    Codewords codewords = new Codewords(Matrices.normal(3, 4, 5), 3, 4);
    CostScale scale = CostScale.of(1, codewords);
    try (CostKernel kernel = tensor.costs(codewords, scale, 2)) {
      assertThatThrownBy(() -> kernel.costs(new float[12], 3, new int[9], new int[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 rows of dimension 4");
    }
  }

  @Test
  void zeroCodewordsCostNothing() {
    Codewords codewords = new Codewords(new float[8], 2, 4);
    CostScale scale = CostScale.of(1, codewords);
    for (Arithmetic arithmetic : new Arithmetic[] {PLAIN, tensor}) {
      assertThat(costs(arithmetic, new float[] {1, 0, 0, 0}, 1, codewords, scale, 1))
          .containsExactly(0, 0);
    }
  }

  private static int[] costs(
      Arithmetic arithmetic,
      float[] values,
      int rows,
      Codewords codewords,
      CostScale scale,
      int height) {
    int[] costs = new int[rows * codewords.size()];
    try (CostKernel kernel = arithmetic.costs(codewords, scale, height)) {
      kernel.costs(values, rows, costs, new int[rows]);
    }
    return costs;
  }
}
