package io.semanticids.balance;

import io.semanticids.tensor.Rows;
import java.util.Objects;

/**
 * Every {@code stride}-th block of {@code height} rows, and the rest of a last block that is not
 * full.
 */
record StridedRows(Rows rows, int height, int stride) implements Rows {
  @Override
  public long count() {
    long cycle = (long) height * stride;
    return rows.count() / cycle * height + Math.min(height, rows.count() % cycle);
  }

  @Override
  public int dimension() {
    return rows.dimension();
  }

  @Override
  public void read(long first, int count, float[] target) {
    Objects.checkFromIndexSize(first, count, count());
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
