package io.semanticids.tensor;

/**
 * Costs of a block of rows against the codewords it was opened for. Owned by one thread; owns
 * native memory.
 */
public interface CostKernel extends AutoCloseable {
  /**
   * Writes {@code costs[i * K + k] = rint(factor * (|c_k|^2 - 2 r_i.c_k)) - g_k} for {@code i <
   * count}, {@code k < K}: the squared distance less {@code |r_i|^2}, which is the same for all
   * codewords of a row, and less the potential that the kernel was opened with.
   *
   * <p>A row's costs depend neither on {@code count} nor on the row's place in the block.
   *
   * @param rows {@code count x dimension}, row-major; longer arrays are allowed
   * @param count rows in this block, at most the height it was opened for
   * @param costs {@code count x K}, row-major; longer arrays are allowed
   * @param least receives the least cost of each row; longer arrays are allowed
   */
  void costs(float[] rows, int count, int[] costs, int[] least);

  /** The lowest codeword of a row's least cost, which begins at {@code costs[from]}. */
  static int nearest(int[] costs, int from, int least) {
    int at = from;
    while (costs[at] != least) {
      at++;
    }
    return at - from;
  }

  /**
   * The lowest codewords of least cost of {@code count} rows against {@code size} codewords; they
   * go to {@code codes[to ..]}. As a loop by itself it is compiled early.
   */
  static void nearest(int[] costs, int[] least, int count, int size, int[] codes, int to) {
    for (int i = 0; i < count; i++) {
      codes[to + i] = nearest(costs, i * size, least[i]);
    }
  }

  @Override
  void close();
}
