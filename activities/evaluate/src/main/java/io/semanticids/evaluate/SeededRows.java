package io.semanticids.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Choices that depend on a seed and on row numbers alone. */
final class SeededRows {
  private SeededRows() {}

  /**
   * The {@code size} rows of {@code [0, rows)} with the smallest hash of (seed, row), ascending;
   * all if fewer.
   */
  static int[] choose(int rows, int size, long seed) {
    if (size >= rows) {
      return IntStream.range(0, rows).toArray();
    }
    if (size <= 0) {
      return new int[0];
    }
    long[] hashes = new long[rows];
    Arrays.setAll(hashes, row -> hash(seed, row));
    long[] sorted = hashes.clone();
    Arrays.sort(sorted);
    // The hash is a bijection of the row number: no two rows share one.
    return IntStream.range(0, rows).filter(row -> hashes[row] <= sorted[size - 1]).toArray();
  }

  /** A permutation of {@code [0, count)}: Fisher and Yates' shuffle. */
  static int[] permutation(int count, long seed) {
    int[] order = IntStream.range(0, count).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** The (row + 1)-th output of splitmix64 from this seed. */
  private static long hash(long seed, long row) {
    long z = seed + (row + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
