package io.semanticids.tensor;

import java.util.Objects;

/** Rows that lie in one array, from its beginning on. */
record ArrayRows(float[] values, long count, int dimension) implements Rows {
  ArrayRows {
    if (dimension <= 0 || count < 0 || count > values.length / dimension) {
      throw new IllegalArgumentException(
          "%d rows of dimension %d do not fit an array of %d values."
              .formatted(count, dimension, values.length));
    }
  }

  static ArrayRows all(float[] values, int dimension) {
    if (dimension <= 0 || values.length % dimension != 0) {
      throw new IllegalArgumentException(
          "The length (%d) must be a multiple of the dimension (%d)."
              .formatted(values.length, dimension));
    }
    return new ArrayRows(values, values.length / dimension, dimension);
  }

  @Override
  public void read(long first, int count, float[] target) {
    Objects.checkFromIndexSize(first, count, count());
    System.arraycopy(
        values,
        Math.toIntExact(first * dimension),
        target,
        0,
        Math.multiplyExact(count, dimension));
  }
}
