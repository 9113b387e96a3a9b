package io.semanticids.tensor;

import java.util.Objects;

/** Rows that lie in one array. */
record ArrayRows(float[] values, int dimension) implements Rows {
  ArrayRows {
    if (dimension <= 0 || values.length % dimension != 0) {
      throw new IllegalArgumentException(
          "The length (%d) must be a multiple of the dimension (%d)."
              .formatted(values.length, dimension));
    }
  }

  @Override
  public long count() {
    return values.length / dimension;
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
