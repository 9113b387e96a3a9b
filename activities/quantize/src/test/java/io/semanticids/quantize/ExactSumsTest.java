package io.semanticids.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semanticids.tensor.Codewords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExactSumsTest {
  private static final int DIMENSION = 7;

  @Test
  void orderAndCutDoNotMatter() {
    float[] values = Samples.clustered(1_000, DIMENSION, 5, 0.5, 1);
    ExactSums forward = new ExactSums(3, DIMENSION, 10);
    ExactSums backward = new ExactSums(3, DIMENSION, 10);
    ExactSums rest = new ExactSums(3, DIMENSION, 10);
    for (int i = 0; i < 1_000; i++) {
      forward.add(i % 3, values, i * DIMENSION);
      int j = 999 - i;
      (j < 300 ? rest : backward).add(j % 3, values, j * DIMENSION);
    }
    Codewords before = new Codewords(new float[3 * DIMENSION], 3, DIMENSION);
    assertThat(rest.merge(backward).means(before).values())
        .isEqualTo(forward.means(before).values());
    double sum = 0;
    for (int i = 0; i < 1_000; i += 3) {
      sum += values[i * DIMENSION + 2];
    }
    assertThat((double) forward.means(before).values()[2])
        .isCloseTo(sum / forward.count(0), within(1e-6));
  }

  @Test
  void whatMovesIsAddedElsewhere() {
    float[] values = Samples.clustered(500, DIMENSION, 5, 0.5, 3);
    ExactSums at = new ExactSums(3, DIMENSION, 10);
    ExactSums expected = new ExactSums(3, DIMENSION, 10);
    ExactSums change = new ExactSums(3, DIMENSION, 10);
    for (int i = 0; i < 500; i++) {
      int before = i % 3;
      int after = i % 7 == 0 ? (i + 1) % 3 : before;
      at.add(before, values, i * DIMENSION);
      expected.add(after, values, i * DIMENSION);
      if (before != after) {
        change.move(before, after, values, i * DIMENSION);
      }
    }
    Codewords none = new Codewords(new float[3 * DIMENSION], 3, DIMENSION);
    assertThat(at.merge(change).means(none).values()).isEqualTo(expected.means(none).values());
    for (int k = 0; k < 3; k++) {
      assertThat(at.count(k)).isEqualTo(expected.count(k));
    }
  }

  @Test
  void aCodeWithoutVectorsKeepsItsCodeword() {
    ExactSums sums = new ExactSums(2, 1, 1);
    sums.add(1, new float[] {0.5f}, 0);
    assertThat(sums.means(new Codewords(new float[] {7, 8}, 2, 1)).values())
        .containsExactly(7, 0.5f);
  }

  @Test
  void refusesValuesOutsideTheFixedPoint() {
    ExactSums sums = new ExactSums(1, 1, 1);
    for (float value : new float[] {3, -3, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> sums.add(0, new float[] {value}, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("outside the fixed point");
      assertThatThrownBy(() -> sums.move(0, 0, new float[] {value}, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("outside the fixed point");
    }
  }

  @Test
  void refusesToMergeWhatWasMadeOtherwise() {
    assertThatThrownBy(() -> new ExactSums(1, 1, 1).merge(new ExactSums(1, 1, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writtenSumsGoOnWhereTheyWere() throws IOException {
    float[] values = Samples.clustered(100, DIMENSION, 5, 0.5, 2);
    ExactSums sums = new ExactSums(3, DIMENSION, 10);
    ExactSums half = new ExactSums(3, DIMENSION, 10);
    for (int i = 0; i < 100; i++) {
      sums.add(i % 3, values, i * DIMENSION);
      if (i < 50) {
        half.add(i % 3, values, i * DIMENSION);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    half.write(new DataOutputStream(bytes));
    ExactSums read =
        ExactSums.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    for (int i = 50; i < 100; i++) {
      read.add(i % 3, values, i * DIMENSION);
    }
    Codewords before = new Codewords(new float[3 * DIMENSION], 3, DIMENSION);
    assertThat(read.means(before).values()).isEqualTo(sums.means(before).values());
    assertThat(read.count(0)).isEqualTo(sums.count(0));
  }

  @Test
  void scalesAreTheLargestPowersOfTwo() {
    for (double bound : new double[] {1e-30, 0.3, 0.5, 1, 1.5, 2, 3, 1e20}) {
      double factor = FixedPoint.factor(bound, 30);
      assertThat(bound * factor).isLessThanOrEqualTo(0x1p30).isGreaterThan(0x1p29);
      assertThat(Math.scalb(1.0, Math.getExponent(factor))).isEqualTo(factor);
    }
    assertThat(FixedPoint.factor(0, 30)).isPositive();
  }
}
