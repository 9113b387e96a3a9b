package io.semanticids.balance;

/**
 * The costs of one row less the potentials, and the code with the least of them. Owned by one
 * thread.
 */
final class RowScores {
  final int[] values;
  private final int[] potentials;
  private final Least least;

  RowScores(Potentials potentials) {
    this.potentials = potentials.toInts();
    this.least = new Least(this.potentials.length);
    this.values = least.values;
  }

  /** The scores of a row: {@link #values}. */
  int[] of(int[] costs, int offset) {
    least.scores(costs, offset, potentials);
    return values;
  }

  /** The code of each of {@code count} rows; they go to {@code codes[to .. to + count)}. */
  void best(int[] costs, int count, int[] codes, int to) {
    for (int i = 0; i < count; i++) {
      codes[to + i] = best(costs, i * values.length);
    }
  }

  /**
   * Scores a row; {@link #values} holds {@code cost_k - g_k} afterwards. Returns the least one's
   * lowest index.
   */
  int best(int[] costs, int offset) {
    of(costs, offset);
    return least.first(least.min());
  }

  /** The least score among the other codes; {@code Integer.MAX_VALUE} where there is none. */
  int second(int best) {
    int own = values[best];
    values[best] = Integer.MAX_VALUE;
    int min = least.min();
    values[best] = own;
    return min;
  }
}
