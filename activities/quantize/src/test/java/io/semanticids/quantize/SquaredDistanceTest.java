package io.semanticids.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SquaredDistanceTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 31, 256})
  void isTheSumOfSquaredDifferences(int dimension) {
    float[] a = Samples.clustered(2, dimension, 1, 1, 1);
    float[] b = Samples.clustered(3, dimension, 1, 1, 2);
    double sum = 0;
    for (int j = 0; j < dimension; j++) {
      sum += Math.pow((double) a[dimension + j] - b[2 * dimension + j], 2);
    }
    assertThat(SquaredDistance.of(a, dimension, b, 2 * dimension, dimension))
        .isCloseTo(sum, within(1e-14 * (1 + sum)));
    assertThat(SquaredDistance.of(a, 0, a, 0, dimension)).isZero();
  }
}
