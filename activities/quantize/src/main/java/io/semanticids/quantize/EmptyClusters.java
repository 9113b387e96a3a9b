package io.semanticids.quantize;

import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Gives codewords that no row chose the place of rows that lie farthest from theirs. */
final class EmptyClusters {
  private final int[] codes;
  private int refilled;

  private EmptyClusters(int[] codes) {
    this.codes = codes;
  }

  static EmptyClusters of(ExactSums sums, int size) {
    int[] codes = new int[size];
    int count = 0;
    for (int k = 0; k < size; k++) {
      if (sums.count(k) == 0) {
        codes[count++] = k;
      }
    }
    return new EmptyClusters(Arrays.copyOf(codes, count));
  }

  /**
   * The codewords with the empty ones replaced, lowest code first, by different rows of largest
   * error, ties by row number. Rows without error are not taken: what is left stays as it is.
   */
  Codewords refill(Codewords codewords, Rows rows, float[] errors) {
    if (codes.length == 0) {
      return codewords;
    }
    int dimension = codewords.dimension();
    float[] values = codewords.values().clone();
    float[] row = new float[dimension];
    Set<Vector> taken = new HashSet<>();
    for (long entry : farthestFirst(errors)) {
      if (refilled == codes.length) {
        break;
      }
      rows.read(entry & Integer.MAX_VALUE, 1, row);
      if (taken.add(new Vector(row.clone()))) {
        System.arraycopy(row, 0, values, codes[refilled++] * dimension, dimension);
      }
    }
    return new Codewords(values, codewords.size(), dimension);
  }

  int refilled() {
    return refilled;
  }

  /**
   * Rows with an error, as {@code ~errorBits << 31 | row}, so that ascending order is farthest
   * first, then by row.
   */
  private static long[] farthestFirst(float[] errors) {
    long[] entries = new long[errors.length];
    int count = 0;
    for (int i = 0; i < errors.length; i++) {
      if (errors[i] > 0) {
        long descending = (long) Integer.MAX_VALUE - Float.floatToIntBits(errors[i]);
        entries[count++] = descending << 31 | i;
      }
    }
    Arrays.sort(entries, 0, count);
    return Arrays.copyOf(entries, count);
  }

  /** A row's values, compared by their bits. */
  private record Vector(float[] values) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Vector vector && Arrays.equals(values, vector.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }
}
