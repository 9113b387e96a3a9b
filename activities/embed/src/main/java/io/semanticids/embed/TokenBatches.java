package io.semanticids.embed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts a window of texts into batches of equal lengths, so that no row can feel a longer neighbour.
 *
 * <p>Rows are taken by falling length, equal ones in their order; a batch ends where the length
 * changes or where the next row would exceed the budget of tokens. What a batch holds is a function
 * of the window alone.
 *
 * @param budget most tokens in a batch; a longer row is a batch of its own
 */
record TokenBatches(int budget) {
  /**
   * The batches of a window, longest first.
   *
   * @param lengths token counts, one a row, padding included
   * @return row numbers, each exactly once
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
          && lengths[rows[end]] == length
          && (long) (end + 1 - first) * length <= budget) {
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
}
