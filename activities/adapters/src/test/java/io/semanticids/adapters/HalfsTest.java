package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.store.HalfFloats;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfsTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 7, 1e-6", "100, 33, 0.05", "20, 384, 30"})
  void noStoredRowIsLongerThanTheBoundAndTheBoundIsClose(int rows, int dimension, float scale) {
    Random random = new Random(rows);
    float[] values = new float[rows * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * (random.nextFloat() - 0.5f);
    }
    Halfs halfs = Halfs.of(values, dimension);
    assertThat(halfs.bytes().remaining()).isEqualTo(2 * values.length);
    double longest = 0;
    for (int row = 0; row < rows; row++) {
      double squares = 0;
      for (int j = 0; j < dimension; j++) {
        int i = row * dimension + j;
        double stored = HalfFloats.toFloat(halfs.bytes().getShort(2 * i));
        assertThat(Math.abs(stored - values[i]))
            .isLessThanOrEqualTo(Math.abs(values[i]) * 0x1p-11 + 0x1p-25);
        squares += stored * stored;
      }
      longest = Math.max(longest, Math.sqrt(squares));
    }
    assertThat(halfs.maxNorm()).isGreaterThanOrEqualTo(longest);
    assertThat(halfs.maxNorm())
        .isLessThanOrEqualTo(longest * (1 + 0x1p-9) + Math.sqrt(dimension) * 0x1p-23);
  }
}
