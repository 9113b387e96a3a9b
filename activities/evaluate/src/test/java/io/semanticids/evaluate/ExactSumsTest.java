package io.semanticids.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semanticids.tensor.Codewords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumsTest {
  @Test
  void sumIsTheExactOneRounded() {
    SplittableRandom random = new SplittableRandom(1);
    List<Double> values = new ArrayList<>(List.of(0.0, Double.MIN_VALUE, 1e300, 1e300, 1.0));
    for (int i = 0; i < 2_000; i++) {
      values.add(random.nextDouble() * Math.scalb(1.0, random.nextInt(-1_074, 900)));
    }
    BigDecimal exact = BigDecimal.ZERO;
    for (double value : values) {
      exact = exact.add(new BigDecimal(value));
    }
    ExactSum sum = new ExactSum();
    values.forEach(sum::add);
    assertThat(sum.value()).isEqualTo(exact.doubleValue());

    Collections.shuffle(values, new Random(2));
    ExactSum left = new ExactSum();
    ExactSum right = new ExactSum();
    for (int i = 0; i < values.size(); i++) {
      (i % 3 == 0 ? left : right).add(values.get(i));
    }
    right.merge(left);
    assertThat(right.value()).isEqualTo(exact.doubleValue());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
  void valuesThatAreNoErrorsAreRefused(double value) {
    assertThatThrownBy(() -> new ExactSum().add(value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,3", "200,7", "3000,16"})
  void errorsAndSpreadEqualNaiveSums(int rows, int dimension) {
    Fixture fixture = new Fixture(rows, dimension, 3);

    double[] mean = new double[dimension];
    for (int i = 0; i < rows * dimension; i++) {
      mean[i % dimension] += (double) fixture.rows[i] / rows;
    }
    double spread = 0;
    double[] errors = new double[3];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < dimension; j++) {
        double x = fixture.rows[i * dimension + j];
        spread += (x - mean[j]) * (x - mean[j]);
        for (int level = 0; level < 3; level++) {
          Codewords codewords = fixture.codewords.get(level);
          x -= codewords.values()[fixture.codes[level][i] * dimension + j];
          errors[level] += x * x;
        }
      }
    }

    assertThat(fixture.spread(0, rows).total()).isCloseTo(spread, within(1e-9 * (1 + spread)));
    double[] totals = fixture.errors(0, rows).totals();
    double[] relative = fixture.errors(0, rows).relativeErrors(fixture.spread(0, rows));
    for (int level = 0; level < 3; level++) {
      assertThat(totals[level]).isCloseTo(errors[level], within(1e-9 * (1 + errors[level])));
      assertThat(relative[level])
          .isEqualTo(rows == 1 ? 0 : totals[level] / fixture.spread(0, rows).total());
    }
  }

  @Test
  void cutAndOrderOfMergingChangeNothing() throws IOException {
    Fixture fixture = new Fixture(1_000, 9, 2);
    SpreadSum spread = fixture.spread(700, 1_000);
    spread.merge(copy(fixture.spread(0, 1)));
    spread.merge(fixture.spread(1, 700));
    ErrorSums errors = fixture.errors(700, 1_000);
    errors.merge(copy(fixture.errors(0, 1)));
    errors.merge(fixture.errors(1, 700));

    assertThat(spread.rows()).isEqualTo(1_000);
    assertThat(spread.total()).isEqualTo(fixture.spread(0, 1_000).total());
    assertThat(errors.totals()).isEqualTo(fixture.errors(0, 1_000).totals());
    assertThat(bytes(spread)).isEqualTo(bytes(fixture.spread(0, 1_000)));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 1e-30f, 3e5f, Float.MIN_VALUE})
  void equalRowsHaveNoSpreadAtAll(float value) {
    float[] rows = new float[3_000];
    Arrays.fill(rows, value);
    SpreadSum spread = new SpreadSum(new float[] {value, value, value});
    spread.add(rows, 1_000);
    assertThat(spread.total()).isZero();

    ErrorSums errors = new ErrorSums(1);
    errors.add(rows, 1_000, new int[1][1_000], 0, List.of(new Codewords(new float[3], 1, 3)));
    assertThat(errors.relativeErrors(spread)).containsExactly(0);
  }

  @Test
  void nearlyEqualRowsKeepTheirSpread() {
    // Alternating 1 and the next float: spread = n (2^-24)², whatever the number of rows.
    float[] rows = new float[10_000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % 2 == 0 ? 1f : Math.nextUp(1f);
    }
    SpreadSum spread = new SpreadSum(new float[] {1f});
    spread.add(rows, rows.length);
    assertThat(spread.total()).isEqualTo(10_000 * Math.scalb(1.0, -48));
  }

  @Test
  void noRowsHaveNoError() {
    assertThat(new ErrorSums(2).relativeErrors(new SpreadSum(new float[2]))).containsExactly(0, 0);
  }

  private static SpreadSum copy(SpreadSum sum) throws IOException {
    return SpreadSum.read(new DataInputStream(new ByteArrayInputStream(bytes(sum))));
  }

  private static byte[] bytes(SpreadSum sum) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sum.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ErrorSums copy(ErrorSums sums) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sums.write(new DataOutputStream(bytes));
    return ErrorSums.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  /** Random rows, codewords and codes. */
  private static final class Fixture {
    final int dimension;
    final float[] rows;
    final int[][] codes;
    final List<Codewords> codewords = new ArrayList<>();

    Fixture(int rows, int dimension, int levels) {
      SplittableRandom random = new SplittableRandom(rows + dimension);
      this.dimension = dimension;
      this.rows = new float[rows * dimension];
      for (int i = 0; i < this.rows.length; i++) {
        this.rows[i] = (float) (random.nextDouble() * 2 - 1);
      }
      codes = new int[levels][rows];
      for (int level = 0; level < levels; level++) {
        float[] values = new float[5 * dimension];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextDouble() - 0.5);
        }
        codewords.add(new Codewords(values, 5, dimension));
        Arrays.setAll(codes[level], i -> random.nextInt(5));
      }
    }

    SpreadSum spread(int from, int to) {
      SpreadSum sum = new SpreadSum(Arrays.copyOf(rows, dimension));
      sum.add(block(from, to), to - from);
      return sum;
    }

    ErrorSums errors(int from, int to) {
      ErrorSums sums = new ErrorSums(codes.length);
      sums.add(block(from, to), to - from, codes, from, codewords);
      return sums;
    }

    private float[] block(int from, int to) {
      return Arrays.copyOfRange(rows, from * dimension, to * dimension);
    }
  }
}
