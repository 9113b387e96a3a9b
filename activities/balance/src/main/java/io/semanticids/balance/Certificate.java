package io.semanticids.balance;

/**
 * What is proved about a repaired assignment.
 *
 * <p>Let d be the drifts of the potentials. A row of code j whose move to k was not kept has a
 * margin of at least {@code bound_jk}, and would want to move only if {@code d_k - d_j} exceeded
 * its margin. Where no pair's drift exceeds its bound, the final potentials prove that the
 * assignment is optimal over all {@code N x K} pairs. Elsewhere a row of code j with cheapest
 * margin m would gain at most {@code max_k d_k - d_j - max(m, bound_jk)}: summed over the histogram
 * of the m, that is how far the dual value may lie below the cost.
 */
final class Certificate {
  private final Moves moves;
  private final long[] drifts;
  private final boolean[] failed;
  private final long shortfall;
  private final boolean optimal;

  Certificate(Moves moves, long[] drifts) {
    this.moves = moves;
    this.drifts = drifts;
    int size = drifts.length;
    this.failed = new boolean[size * size];
    long sum = 0;
    boolean proved = true;
    for (int j = 0; j < size; j++) {
      long rows = 0;
      for (int bin = 0; bin < Margins.BINS; bin++) {
        rows += moves.seconds(j, bin);
      }
      if (rows == 0) {
        continue;
      }
      boolean any = false;
      for (int k = 0; k < size; k++) {
        int pair = j * size + k;
        failed[pair] = k != j && need(j, k) > moves.lists().bound(pair);
        any |= failed[pair];
      }
      if (any) {
        proved = false;
        sum += shortfall(j);
      }
    }
    this.optimal = proved;
    this.shortfall = sum;
  }

  private long shortfall(int j) {
    int size = drifts.length;
    long sum = 0;
    for (int bin = 0; bin < Margins.BINS; bin++) {
      long rows = moves.seconds(j, bin);
      if (rows == 0) {
        continue;
      }
      long gain = 0;
      for (int k = 0; k < size; k++) {
        if (failed[j * size + k]) {
          long margin = Math.max(Margins.edge(bin), moves.lists().bound(j * size + k));
          gain = Math.max(gain, need(j, k) - margin);
        }
      }
      if (gain == 0) {
        break;
      }
      sum = Math.addExact(sum, Math.multiplyExact(rows, gain));
    }
    return sum;
  }

  /** How dear a move from j to k may be and yet be wanted. */
  long need(int j, int k) {
    return drifts[k] - drifts[j];
  }

  boolean failed(int j, int k) {
    return failed[j * drifts.length + k];
  }

  boolean optimal() {
    return optimal;
  }

  /** The dual value lies at most so far below the cost, in integer costs. */
  long shortfall() {
    return shortfall;
  }
}
