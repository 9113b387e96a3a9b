package io.semanticids.quantize;

/** The codes of rows, read in ranges. Implementations are thread-safe. */
@FunctionalInterface
public interface CodeReader {
  /**
   * Reads the codes of rows {@code [first, first + count)} at {@code level} (0 is the first) into
   * {@code target}.
   */
  void read(long first, int count, int level, int[] target);

  /** Codes in memory, {@code level x row}, of the rows from {@code firstRow} on. */
  static CodeReader of(int[][] codes, long firstRow) {
    return (first, count, level, target) ->
        System.arraycopy(codes[level], Math.toIntExact(first - firstRow), target, 0, count);
  }
}
