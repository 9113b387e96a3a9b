package io.semanticids.quantize;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The rows of each code, ascending. */
final class CodeMembers {
  private final int[] rows;
  private final int[] starts;

  CodeMembers(int[] codes, int size) {
    this.starts = new int[size + 1];
    for (int code : codes) {
      starts[code + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    this.rows = new int[codes.length];
    for (int i = 0; i < codes.length; i++) {
      rows[next[codes[i]]++] = i;
    }
  }

  IntStream of(int code) {
    return Arrays.stream(rows, starts[code], starts[code + 1]);
  }
}
