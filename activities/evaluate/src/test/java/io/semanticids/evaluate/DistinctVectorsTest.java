package io.semanticids.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistinctVectorsTest {
  @ParameterizedTest
  @CsvSource({"1,1,1", "100,1,10", "1000,3,4", "20000,8,100000"})
  void equalsASetOfRows(int rows, int dimension, int values) {
    SplittableRandom random = new SplittableRandom(rows);
    float[] matrix = new float[rows * dimension];
    Set<String> distinct = new HashSet<>();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < dimension; j++) {
        matrix[i * dimension + j] = random.nextInt(values) / 7f;
      }
      distinct.add(Arrays.toString(Arrays.copyOfRange(matrix, i * dimension, (i + 1) * dimension)));
    }
    DistinctVectors vectors = new DistinctVectors(1);
    vectors.add(matrix, rows, dimension);
    assertThat(vectors.rows()).isEqualTo(rows);
    assertThat(vectors.count()).isEqualTo(distinct.size());
  }

  @Test
  void swappedAndShiftedValuesAreDistinctZerosAreNot() {
    DistinctVectors vectors = new DistinctVectors(6);
    vectors.add(new float[] {1, 2, 2, 1, 0, 1, 1, 0, -0f, 1, 0, 1}, 6, 2);
    assertThat(vectors.count()).isEqualTo(4);
  }

  @Test
  void mergedAndReadBackItCountsTheSame() throws IOException {
    DistinctVectors left = new DistinctVectors(2);
    left.add(new float[] {1, 2, 3, 4}, 2, 2);
    DistinctVectors right = new DistinctVectors(0);
    right.add(new float[] {3, 4, 5, 6, 3, 4}, 3, 2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    right.write(new DataOutputStream(bytes));
    left.merge(
        DistinctVectors.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
    assertThat(left.rows()).isEqualTo(5);
    assertThat(left.count()).isEqualTo(3);
    assertThat(new DistinctVectors(0).count()).isZero();
  }
}
