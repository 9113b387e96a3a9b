package io.semanticids.embed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts a window of texts into batches of equal token counts, so that no row can feel a longer
 * neighbour; where the model computes multiples of a step, of counts that round up to the same one.
 *
 * <p>Rows are taken by falling length, equal ones in their order; a batch ends where the length
 * (rounded up to the step) changes or where the next row would exceed the budget of tokens. What a
 * batch holds is a function of the window alone.
 *
 * @param budget most tokens in a batch, padding included; a longer row is a batch of its own
 * @param step lengths that round up to the same multiple of it go together; 1 for equal ones only
 */
record TokenBatches(int budget, int step) {
  static TokenBatches equal(int budget) {
    return new TokenBatches(budget, 1);
  }

  static TokenBatches padded(int budget, int step) {
    return new TokenBatches(budget, step);
  }

  /**
   * The batches of a window, longest first.
   *
   * @param lengths token counts, one a row
   * @return row numbers, each exactly once; the first of a batch is its longest
   */
  List<int[]> of(int[] lengths) {
    Integer[] rows = new Integer[lengths.length];
    Arrays.setAll(rows, i -> i);
    Arrays.sort(rows, Comparator.comparingInt((Integer i) -> -lengths[i]));
    List<int[]> batches = new ArrayList<>();
    for (int first = 0; first < rows.length; ) {
      int length = lengths[rows[first]];
      int end = first + 1;
      while (end < rows.length
          && rounded(lengths[rows[end]], step) == rounded(length, step)
          && (long) (end + 1 - first) * rounded(length, step) <= budget) {
        end++;
      }
      int[] batch = new int[end - first];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = rows[first + i];
      }
      batches.add(batch);
      first = end;
    }
    return batches;
  }

  /** The least multiple of the step that is no less than the length. */
  static int rounded(int length, int step) {
    return Math.multiplyExact((length + step - 1) / step, step);
  }
}
