package io.semanticids.balance;

import io.semanticids.tensor.CostKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The plan of a first repair, from the sample: which rows of equal costs are many, which codes are
 * near rivals, and how many moves of each pair cost less than a threshold.
 *
 * <p>Every pair gets a few moves; a pair whose code is among the nearest {@link #RIVALS} of the
 * other (by the cheapest move seen in the sample) as many as the surplus of a code may be: three
 * standard deviations of the load of a code that was balanced on the sample, at most a tenth of its
 * capacity. Margins are limited by those at which the codes have rows to give and to take; by no
 * less than the threshold where some code is unsettled: potentials that balance soft loads alone,
 * as rows are torn between codes that are hardly apart, still have a way to go.
 */
final class FirstPlan {
  private static final long TOTAL = 1L << 24;
  private static final long BASE_TOTAL = 1L << 22;
  private static final int MAX_BASE = 64;
  private static final int RIVALS = 12;
  private static final int ATOM_SHARE = 32;

  /** Margins are limited by that of the rival that is so many-th nearest in the sample. */
  private static final int WANTED = 8;

  /** Loads that differ by more standard deviations of a drawn load are not those of chance. */
  private static final double FAR = 4;

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
    RepairPlan none = new RepairPlan(size, new int[size * size], RepairPlan.unlimited(size), atoms);
    int base = (int) Math.max(1, Math.min(MAX_BASE, BASE_TOTAL / ((long) size * size)));
    Rivals rivals = rivals(costs, potentials, none, (int) Math.min(1 << 29, threshold));
    double ratio = (double) rows / costs.count();
    double capacity = (double) rows / size;
    double surplus = Math.max(base, Math.min(0.1 * capacity, 3 * Math.sqrt(capacity * ratio)));
    double[] wanted = new double[size * size];
    for (int pair = 0; pair < wanted.length; pair++) {
      double expected = rivals.counts[pair / size][pair % size] * ratio;
      wanted[pair] = expected + Math.sqrt(expected * (ratio - 1));
    }
    boolean[] near = new boolean[size * size];
    long[] give = new long[size];
    long[] take = new long[size];
    for (int code = 0; code < size; code++) {
      long[] to = rivals.ordered(code, false);
      for (int rival : nearest(to)) {
        near[code * size + rival] = true;
      }
      give[code] = margin(to);
      long[] from = rivals.ordered(code, true);
      for (int rival : nearest(from)) {
        near[rival * size + code] = true;
      }
      take[code] = margin(from);
    }
    for (int pair = 0; pair < wanted.length; pair++) {
      wanted[pair] = near[pair] ? Math.max(wanted[pair], surplus) : wanted[pair];
    }
    double shrink = Math.min(1, TOTAL / Math.max(1, Arrays.stream(wanted).sum()));
    long least = rivals.unsettled() ? (long) threshold : 0;
    int[] depths = new int[size * size];
    int[] limits = new int[size * size];
    for (int pair = 0; pair < depths.length; pair++) {
      depths[pair] = (int) Math.min(Math.max(base, wanted[pair] * shrink), (double) rows);
      long limit = Math.max(least, give[pair / size] + take[pair % size]);
      limits[pair] = (int) Math.min(Integer.MAX_VALUE, limit);
    }
    return new RepairPlan(size, depths, limits, atoms);
  }

  /** The first few of {@link Rivals#ordered}, without those that no move was seen to. */
  private static int[] nearest(long[] rivals) {
    return Arrays.stream(rivals)
        .limit(RIVALS)
        .filter(entry -> entry >>> 32 < Integer.MAX_VALUE)
        .mapToInt(entry -> (int) entry)
        .toArray();
  }

  /** A margin at which some rivals take or give rows: wide where a code is far from all others. */
  private static long margin(long[] rivals) {
    return rivals[Math.min(rivals.length, WANTED) - 1] >>> 32;
  }

  private static Rivals rivals(
      SampleCosts costs, Potentials potentials, RepairPlan atoms, int threshold) {
    int size = costs.size();
    int[] less = potentials.toInts();
    return costs.run(
        potentials,
        () -> new Rivals(size),
        (rivals, row, scores, from, min) -> {
          int code = CostKernel.nearest(scores, from, min);
          rivals.loads[code]++;
          if (atoms.atom(scores, from, less) < 0) {
            rivals.add(code, scores, from, min, threshold);
          }
        },
        Rivals::merge);
  }

  /**
   * By codes from and to: the cheapest move of the sample and how many are below the threshold. Its
   * loops read all arrays at the same place, so the compiler takes many at once.
   */
  private static final class Rivals {
    private final int size;
    private final int[][] least;
    private final int[][] counts;
    private final int[] loads;
    private final int[] margins;

    Rivals(int size) {
      this.size = size;
      this.loads = new int[size];
      this.margins = new int[size];
      this.least = new int[size][size];
      this.counts = new int[size][size];
      for (int[] row : least) {
        Arrays.fill(row, Integer.MAX_VALUE);
      }
    }

    /** {@code threshold} is at most 2^29, margins are below 2^30. */
    void add(int code, int[] scores, int from, int min, int threshold) {
      System.arraycopy(scores, from, margins, 0, size);
      int[] cheapest = least[code];
      int[] few = counts[code];
      for (int k = 0; k < margins.length; k++) {
        margins[k] -= min;
        few[k] += (margins[k] - threshold - 1) >>> 31;
      }
      cheapest(margins, cheapest);
    }

    private static void cheapest(int[] margins, int[] cheapest) {
      for (int k = 0; k < margins.length; k++) {
        cheapest[k] = Math.min(cheapest[k], margins[k]);
      }
    }

    Rivals merge(Rivals other) {
      for (int j = 0; j < size; j++) {
        cheapest(other.least[j], least[j]);
        for (int k = 0; k < size; k++) {
          counts[j][k] += other.counts[j][k];
        }
        loads[j] += other.loads[j];
      }
      return this;
    }

    /** Whether a code holds far more or fewer rows than chance would leave it. */
    boolean unsettled() {
      double mean = Arrays.stream(loads).average().orElse(0);
      return Arrays.stream(loads).anyMatch(load -> Math.abs(load - mean) > FAR * Math.sqrt(mean));
    }

    /**
     * All codes by the margin of the cheapest move to (or from) them, the code itself last: {@code
     * margin << 32 | code}.
     */
    long[] ordered(int code, boolean from) {
      long[] order = new long[size];
      for (int k = 0; k < size; k++) {
        int margin = from ? least[k][code] : least[code][k];
        order[k] = ((long) (k == code ? Integer.MAX_VALUE : margin) << 32) | k;
      }
      Arrays.sort(order);
      return order;
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
