package io.semanticids.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 67, 512, 545, 1_100})
  void solvesWhatItIsGiven(int size) {
    Random random = new Random(size);
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        matrix[j][i] = random.nextDouble() - 0.5;
        matrix[i][j] = matrix[j][i];
      }
      matrix[i][i] = size;
    }
    double[] expected = random.doubles(size, -1, 1).toArray();
    double[] x = new double[size];
    double[][] upper = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        x[i] += matrix[i][j] * expected[j];
        upper[i][j] = j < i ? Double.NaN : matrix[i][j];
      }
    }
    new Cholesky(upper).solve(x);
    assertThat(x).containsExactly(expected, within(1e-12));
  }
}
