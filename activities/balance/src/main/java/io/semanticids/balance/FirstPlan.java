package io.semanticids.balance;

import java.util.ArrayList;
import java.util.List;

/**
 * The plan of a first repair, from the sample: which rows of equal costs are many, and how many moves of each pair cost
 * less than a threshold.
 */
final class FirstPlan {
  private static final long TOTAL = 1L << 24;
  private static final long BASE_TOTAL = 1L << 21;
  private static final int MAX_BASE = 32;
  private static final int ATOM_SHARE = 32;

  private FirstPlan() {}

  /**
   * The plan.
   *
   * @param threshold margins up to it are wanted, in integer costs
   * @param rows how many rows the sample stands for
   */
  static RepairPlan of(SampleCosts costs, Potentials potentials, double threshold, long rows) {
    int size = costs.size();
    long[] atoms = atoms(costs);
    RepairPlan none = new RepairPlan(size, new int[size * size], atoms);
    int base = (int) Math.max(1, Math.min(MAX_BASE, BASE_TOTAL / ((long) size * size)));
    for (double margin = threshold; ; margin /= 2) {
      int[] counts = counts(costs, potentials, none, (int) Math.min(1 << 29, margin));
      double ratio = (double) rows / costs.count();
      int[] depths = new int[size * size];
      for (int pair = 0; pair < depths.length; pair++) {
        double expected = counts[pair] * ratio;
        double wanted = base + expected + Math.sqrt(expected * (ratio - 1));
        depths[pair] = (int) Math.min(wanted, Math.min(rows, 1 << 28));
      }
      RepairPlan plan = new RepairPlan(size, depths, atoms);
      if (plan.total() <= Math.max(TOTAL, 2 * base * (long) size * size) || margin < 1) {
        return plan;
      }
    }
  }

  private static int[] counts(
      SampleCosts costs, Potentials potentials, RepairPlan atoms, int threshold) {
    int size = costs.size();
    return costs.run(
            () -> new Counter(new RowScores(potentials), new int[size * size]),
            (counter, first, count, block) -> {
              for (int i = 0; i < count; i++) {
                int offset = i * size;
                if (atoms.atomCount() > 0 && atoms.atom(AtomKey.of(block, offset, size)) >= 0) {
                  continue;
                }
                int best = counter.scores.best(block, offset);
                int[] values = counter.scores.values;
                int bound = values[best] + threshold;
                for (int k = 0; k < size; k++) {
                  if (values[k] <= bound) {
                    counter.counts[best * size + k]++;
                  }
                }
              }
            },
            Counter::merge)
        .counts;
  }

  private record Counter(RowScores scores, int[] counts) {
    Counter merge(Counter other) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
      }
      return this;
    }
  }

  private static long[] atoms(SampleCosts costs) {
    long[] keys = costs.sortedAtomKeys();
    long least = Math.max(4, costs.count() / costs.size() / ATOM_SHARE);
    List<long[]> heavy = new ArrayList<>();
    for (int from = 0; from < keys.length; ) {
      int to = from;
      while (to < keys.length && keys[to] == keys[from]) {
        to++;
      }
      if (to - from >= least) {
        heavy.add(new long[] {to - from, keys[from]});
      }
      from = to;
    }
    // The sort is stable, so equally heavy ones stay in the order of their keys.
    heavy.sort((one, other) -> Long.compare(other[0], one[0]));
    return heavy.stream()
        .limit(Math.min(1 << 14, (1 << 22) / costs.size()))
        .mapToLong(atom -> atom[1])
        .sorted()
        .toArray();
  }
}
