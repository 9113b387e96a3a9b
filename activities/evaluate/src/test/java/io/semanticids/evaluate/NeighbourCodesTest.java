package io.semanticids.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighbourCodesTest {
  @ParameterizedTest
  @CsvSource({"2,1,1", "11,3,10", "500,8,10", "5000,4,3"})
  void nearestRowsAreThoseOfAFullSort(int rows, int dimension, int k) {
    SplittableRandom random = new SplittableRandom(rows);
    float[] values = new float[rows * dimension];
    for (int i = 0; i < values.length; i++) {
      // A coarse grid: distances are exact in fixed point, and ties are many.
      values[i] = random.nextInt(-8, 9) / 16f;
    }
    int[] queries = SeededRows.choose(rows, 50, 3);

    NearestRows nearest = find(values, dimension, queries, k, 1);

    for (int q = 0; q < queries.length; q++) {
      int query = queries[q];
      int[] expected =
          IntStream.range(0, rows)
              .filter(row -> row != query)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(
                          row -> distance(values, dimension, query, row))
                      .thenComparing(Comparator.naturalOrder()))
              .limit(k)
              .mapToInt(row -> row)
              .toArray();
      assertThat(Arrays.copyOfRange(nearest.neighbours(), q * k, (q + 1) * k)).isEqualTo(expected);
    }
    assertThat(find(values, dimension, queries, k, 2).neighbours()).isEqualTo(nearest.neighbours());
  }

  @Test
  void codesThatFollowTheVectorsAreSharedShuffledOnesAreNot() {
    // 100 far points of 20 equal rows each; the first code is the point's ten, the second the
    // point.
    int items = 2_000;
    float[] values = new float[items * 2];
    int[][] codes = new int[2][items];
    for (int i = 0; i < items; i++) {
      int point = i % 100;
      codes[0][i] = point / 10;
      values[2 * i] = codes[0][i];
      values[2 * i + 1] = point % 10;
      codes[1][i] = point;
    }
    int[][] before = {new int[items], codes[1]};
    try (Arithmetic arithmetic = new PlainArithmetic(1)) {
      Report.Neighbours neighbours =
          NeighbourCodes.of(Rows.of(values, 2), before, codes, 1, arithmetic, Progress.NONE);
      assertThat(neighbours.queries()).isEqualTo(2_000);
      assertThat(neighbours.k()).isEqualTo(10);
      assertThat(neighbours.before()).containsExactly(1.0, 1.0);
      assertThat(neighbours.after()).containsExactly(1.0, 1.0);
      assertThat(neighbours.shuffled().get(0)).isCloseTo(0.1, within(0.02));
      assertThat(neighbours.shuffled().get(1)).isCloseTo(0.01, within(0.005));

      Report.Neighbours unbalanced =
          NeighbourCodes.of(Rows.of(values, 2), codes, null, 1, arithmetic, Progress.NONE);
      assertThat(unbalanced.after()).isNull();
      assertThat(unbalanced.shuffled()).isEqualTo(neighbours.shuffled());
    }
  }

  @Test
  void sharesCountCommonBeginnings() {
    NearestRows nearest = new NearestRows(new int[] {0, 3}, 2, new int[] {1, 2, 0, 1});
    int[][] codes = {{5, 5, 4, 5}, {1, 2, 1, 1}, {7, 7, 7, 7}};
    // 0 and 1 share one code, 0 and 2 none, 3 and 0 all, 3 and 1 one.
    assertThat(NeighbourCodes.shares(nearest, codes)).isEqualTo(List.of(0.75, 0.25, 0.25));
  }

  @Test
  void oneItemHasNoNeighbours() {
    try (Arithmetic arithmetic = new PlainArithmetic(1)) {
      assertThat(
              NeighbourCodes.of(
                  Rows.of(new float[3], 3), new int[2][1], null, 1, arithmetic, Progress.NONE))
          .isEqualTo(new Report.Neighbours(0, 0, List.of(0.0, 0.0), null, List.of(0.0, 0.0)));
    }
  }

  @Test
  void fewItemsHaveAllOthersAsNeighbours() {
    try (Arithmetic arithmetic = new PlainArithmetic(1)) {
      Report.Neighbours neighbours =
          NeighbourCodes.of(
              Rows.of(new float[4 * 3], 3), new int[1][4], null, 1, arithmetic, Progress.NONE);
      assertThat(neighbours.queries()).isEqualTo(4);
      assertThat(neighbours.k()).isEqualTo(3);
      assertThat(neighbours.before()).containsExactly(1.0);
    }
  }

  @Test
  void choicesDependOnTheSeedAlone() {
    assertThat(SeededRows.choose(1_000, 10, 4))
        .isEqualTo(SeededRows.choose(1_000, 10, 4))
        .isNotEqualTo(SeededRows.choose(1_000, 10, 5))
        .hasSize(10)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(SeededRows.choose(3, 10, 4)).containsExactly(0, 1, 2);
    assertThat(SeededRows.permutation(100, 4)).hasSize(100).doesNotHaveDuplicates();
  }

  private static NearestRows find(
      float[] values, int dimension, int[] queries, int k, int threads) {
    try (Arithmetic arithmetic = new PlainArithmetic(threads)) {
      return NearestRows.find(Rows.of(values, dimension), queries, k, arithmetic, Progress.NONE);
    }
  }

  private static double distance(float[] values, int dimension, int left, int right) {
    double sum = 0;
    for (int j = 0; j < dimension; j++) {
      double difference = (double) values[left * dimension + j] - values[right * dimension + j];
      sum += difference * difference;
    }
    return sum;
  }
}
