package io.semanticids.balance;

/**
 * The costs of one row less the potentials, and the code with the least of them. Owned by one
 * thread.
 */
final class RowScores {
  final int[] values;
  private final int[] potentials;

  RowScores(Potentials potentials) {
    this.potentials = potentials.toInts();
    this.values = new int[this.potentials.length];
  }

  /**
   * Scores a row; {@link #values} holds {@code cost_k - g_k} afterwards. Returns the least one's
   * lowest index.
   */
  int best(int[] costs, int offset) {
    int size = values.length;
    for (int k = 0; k < size; k++) {
      values[k] = costs[offset + k] - potentials[k];
    }
    int min = Integer.MAX_VALUE;
    for (int k = 0; k < size; k++) {
      min = Math.min(min, values[k]);
    }
    int best = 0;
    while (values[best] != min) {
      best++;
    }
    return best;
  }

  /** The least score among the other codes; {@code Integer.MAX_VALUE} where there is none. */
  int second(int best) {
    int own = values[best];
    values[best] = Integer.MAX_VALUE;
    int min = Integer.MAX_VALUE;
    for (int k = 0; k < values.length; k++) {
      min = Math.min(min, values[k]);
    }
    values[best] = own;
    return min;
  }
}
