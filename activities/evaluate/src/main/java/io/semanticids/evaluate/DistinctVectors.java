package io.semanticids.evaluate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts distinct vectors by a 128-bit hash of each: 16 bytes a row, and up to 16 more while it
 * counts. At most 2^31 - 8 rows.
 *
 * <p>Exact but for hash collisions: among 10^9 different vectors one is expected with probability
 * 10^-21. 0 and -0 are the same value. Rows may be added in any order and merged. Not thread-safe.
 */
public final class DistinctVectors {
  private static final int MAX_ROWS = Integer.MAX_VALUE - 8;

  private long[] high;
  private long[] low;
  private int rows;

  /**
   * @param expectedRows how many will be added; more are allowed, at the price of a copy
   */
  public DistinctVectors(long expectedRows) {
    int capacity = Math.toIntExact(Math.min(MAX_ROWS, Math.max(16, expectedRows)));
    high = new long[capacity];
    low = new long[capacity];
  }

  /** Adds rows: {@code values} is {@code count x dimension}, row-major, and may be longer. */
  public void add(float[] values, int count, int dimension) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      long first = 0x243F6A8885A308D3L;
      long second = 0x13198A2E03707344L;
      for (int j = i * dimension; j < (i + 1) * dimension; j++) {
        // Adding 0 turns -0 into 0.
        long bits = Float.floatToRawIntBits(values[j] + 0f);
        first = (first ^ bits) * 0xD6E8FEB86659FD93L;
        first ^= first >>> 32;
        second = (second + bits) * 0xBF58476D1CE4E5B9L;
        second ^= second >>> 29;
      }
      // Order needs keys of 63 bits; the lost bit is one of 128.
      high[rows] = first >>> 1;
      low[rows] = second;
      rows++;
    }
  }

  /** Adds the rows of {@code other}. */
  public void merge(DistinctVectors other) {
    reserve(other.rows);
    System.arraycopy(other.high, 0, high, rows, other.rows);
    System.arraycopy(other.low, 0, low, rows, other.rows);
    rows += other.rows;
  }

  /** The number of rows. */
  public long rows() {
    return rows;
  }

  /** The number of distinct ones among them. */
  public long count() {
    long[] distinct = {0};
    PathOrder.of(rows == high.length ? high : Arrays.copyOf(high, rows))
        .forEachPath((order, from, to) -> distinct[0] += distinctLow(order, from, to));
    return distinct[0];
  }

  /** Writes all of it; {@link #read} gives an equal one back. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(rows);
    for (int i = 0; i < rows; i++) {
      out.writeLong(high[i]);
      out.writeLong(low[i]);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static DistinctVectors read(DataInput in) throws IOException {
    int rows = in.readInt();
    DistinctVectors vectors = new DistinctVectors(rows);
    for (int i = 0; i < rows; i++) {
      vectors.high[i] = in.readLong();
      vectors.low[i] = in.readLong();
    }
    vectors.rows = rows;
    return vectors;
  }

  private long distinctLow(int[] order, int from, int to) {
    if (to - from == 1) {
      return 1;
    }
    long[] values = new long[to - from];
    for (int i = from; i < to; i++) {
      values[i - from] = low[order[i]];
    }
    return Arrays.stream(values).distinct().count();
  }

  private void reserve(int more) {
    long needed = (long) rows + more;
    if (needed > MAX_ROWS) {
      throw new IllegalArgumentException(
          "%d rows cannot be counted in one place; at most %d.".formatted(needed, MAX_ROWS));
    }
    if (needed > high.length) {
      int capacity = (int) Math.min(MAX_ROWS, Math.max(needed, high.length * 3L / 2));
      high = Arrays.copyOf(high, capacity);
      low = Arrays.copyOf(low, capacity);
    }
  }
}
