package io.semanticids.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitRowsTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "5, 3, 1e-30", "40, 33, 1e-44", "7, 384, 1e30", "3, 4096, 3e38"})
  void directionsStayAndNoRowIsLongerThanTheBound(int n, int dimension, float size) {
    SplittableRandom random = new SplittableRandom(n);
    float[] rows = new float[(n + 1) * dimension];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextDouble(-1, 1) * size;
    }
    float[] before = rows.clone();
    UnitRows.scale(rows, n, dimension);
    for (int row = 0; row < n; row++) {
      double length = length(before, row, dimension);
      for (int d = 0; d < dimension; d++) {
        int i = row * dimension + d;
        assertThat((double) rows[i])
            .isCloseTo(length == 0 ? 0 : before[i] / length, within(0x1p-24));
      }
      if (length > 0) {
        assertThat(length(rows, row, dimension))
            .isLessThanOrEqualTo(UnitRows.MAX_NORM)
            .isCloseTo(1, within(1e-6));
      }
    }
    for (int i = n * dimension; i < rows.length; i++) {
      assertThat(rows[i]).isEqualTo(before[i]);
    }
  }

  @Test
  void zerosStay() {
    float[] rows = {0, 0, 3, -4, 0, 0};
    UnitRows.scale(rows, 3, 2);
    assertThat(rows).containsExactly(0, 0, 0.6f, -0.8f, 0, 0);
  }

  private static double length(float[] rows, int row, int dimension) {
    double squares = 0;
    for (int d = 0; d < dimension; d++) {
      squares += (double) rows[row * dimension + d] * rows[row * dimension + d];
    }
    return Math.sqrt(squares);
  }
}
