package io.semanticids.balance;

import io.semanticids.tensor.Rows;
import java.util.Objects;

/**
 * Every {@code stride}-th block of {@code height} rows among the first {@code total} rows, and the
 * rest of a last block that is not full. Which rows they are does not depend on how a pass is cut.
 */
public record StridedRows(Rows rows, long total, int height, int stride) implements Rows {
  public StridedRows {
    rows = stride == 1 ? rows : rows.scattered();
  }

  @Override
  public long count() {
    return before(total);
  }

  /** How many of the chosen rows come before this row. */
  public long before(long row) {
    long cycle = (long) height * stride;
    return row / cycle * height + Math.min(height, row % cycle);
  }

  @Override
  public int dimension() {
    return rows.dimension();
  }

  @Override
  public void read(long first, int count, float[] target) {
    Objects.checkFromIndexSize(first, count, count());
    if (stride == 1) {
      rows.read(first, count, target);
      return;
    }
    float[] part = new float[Math.multiplyExact(Math.min(height, count), dimension())];
    for (int done = 0; done < count; ) {
      long at = first + done;
      int length = (int) Math.min(count - done, height - at % height);
      rows.read(at / height * height * stride + at % height, length, part);
      System.arraycopy(part, 0, target, done * dimension(), length * dimension());
      done += length;
    }
  }
}
