package io.semanticids.quantize;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.stream.LongStream;

/**
 * A deterministic sample: the rows of smallest hash of (seed, row number). Neither shards nor
 * workers can change it, and a larger sample contains a smaller one.
 */
public final class SampleRows {
  /** No fit reads fewer rows, if there are as many. */
  public static final int LEAST = 65_536;

  private static final int ROWS_A_CODEWORD = 256;
  private static final long MAX_BYTES = 1L << 31;

  private SampleRows() {}

  /**
   * How many rows a fit reads: {@code max(65,536, 256 K)}, at most 2 GB of float32 rows, at most
   * all.
   */
  public static long size(long rows, int codewords, int dimension) {
    long wanted = Math.max(LEAST, (long) ROWS_A_CODEWORD * codewords);
    long affordable = Math.max(1, (MAX_BYTES - 64) / Float.BYTES / dimension);
    return Math.min(rows, Math.min(wanted, affordable));
  }

  /**
   * The {@code size} of {@code rows} rows whose hashes are smallest, ascending; all rows when there
   * are no more.
   */
  public static long[] of(long rows, long size, long seed) {
    if (rows < 0 || size < 0) {
      throw new IllegalArgumentException(
          "A sample of %d out of %d rows is impossible.".formatted(size, rows));
    }
    if (rows <= size) {
      return LongStream.range(0, rows).toArray();
    }
    // Hashes are uniform: about size + slack lie below this share of their range, and hardly ever
    // fewer than size.
    double slack = 8 * Math.sqrt((double) size) + 64;
    while (true) {
      double share = Math.min(1, (size + slack) / rows);
      long[] below = rowsBelow(limit(share), rows, size + slack, seed);
      if (below.length >= size) {
        return smallest(below, Math.toIntExact(size), seed);
      }
      slack *= 2;
    }
  }

  /** The largest signed number of the lowest {@code share} of the signed 64-bit range. */
  private static long limit(double share) {
    return share >= 1 ? Long.MAX_VALUE : (long) (Long.MIN_VALUE + share * 0x1p64);
  }

  private static long[] rowsBelow(long limit, long rows, double expected, long seed) {
    long[] found = new long[(int) Math.min(rows, (long) (expected * 1.1) + 16)];
    int count = 0;
    for (long row = 0; row < rows; row++) {
      if (SplitMix.hash(seed, row) <= limit) {
        if (count == found.length) {
          found = Arrays.copyOf(found, (int) (count * 1.5) + 1);
        }
        found[count++] = row;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static long[] smallest(long[] rows, int size, long seed) {
    if (size == 0) {
      return new long[0];
    }
    // A few more than are wanted: those of largest hash, and the one below them on top.
    PriorityQueue<Long> largest = new PriorityQueue<>();
    for (long row : rows) {
      long hash = SplitMix.hash(seed, row);
      if (largest.size() <= rows.length - size) {
        largest.add(hash);
      } else if (hash > largest.peek()) {
        largest.poll();
        largest.add(hash);
      }
    }
    long last = largest.element();
    return Arrays.stream(rows).filter(row -> SplitMix.hash(seed, row) <= last).toArray();
  }
}
