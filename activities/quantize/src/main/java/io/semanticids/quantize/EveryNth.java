package io.semanticids.quantize;

import io.semanticids.tensor.Rows;
import java.util.Objects;

/** The rows {@code first}, {@code first + step}, {@code first + 2 step}, … of other rows. */
record EveryNth(Rows rows, int first, int step) implements Rows {
  @Override
  public long count() {
    return (rows.count() - first + step - 1) / step;
  }

  @Override
  public int dimension() {
    return rows.dimension();
  }

  /** The number, in the other rows, of a row of these. */
  long number(long row) {
    return first + row * step;
  }

  @Override
  public void read(long from, int count, float[] target) {
    Objects.checkFromIndexSize(from, count, count());
    if (step == 1) {
      rows.read(first + from, count, target);
      return;
    }
    int dimension = dimension();
    float[] row = new float[dimension];
    for (int i = 0; i < count; i++) {
      rows.read(number(from + i), 1, row);
      System.arraycopy(row, 0, target, i * dimension, dimension);
    }
  }
}
