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
 * capacity. Where rows are more than the sample, margins are limited as well: where they are many
 * more by what the sample says, else by how far codes that are no rivals may be expected to drift.
 */
final class FirstPlan {
  private static final long TOTAL = 1L << 24;
  private static final long BASE_TOTAL = 1L << 20;
  private static final int MAX_BASE = 16;
  private static final int RIVALS = 12;
  private static final int ATOM_SHARE = 32;

  /** From so many rows a row of the sample on, the sample says where the limits lie. */
  private static final double MANY = 4;

  /**
   * Drifts of the potentials that are wider are rare, in thresholds; the next attempt meets them.
   */
  private static final double DRIFT = 64;

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
      double expected = rivals.counts[pair] * ratio;
      wanted[pair] = expected + Math.sqrt(expected * (ratio - 1));
    }
    boolean[] near = new boolean[size * size];
    for (int code = 0; code < size; code++) {
      for (int rival : rivals.nearest(code, false)) {
        near[code * size + rival] = true;
      }
      for (int rival : rivals.nearest(code, true)) {
        near[rival * size + code] = true;
      }
    }
    for (int pair = 0; pair < wanted.length; pair++) {
      wanted[pair] = near[pair] ? Math.max(wanted[pair], surplus) : wanted[pair];
    }
    double shrink = Math.min(1, TOTAL / Math.max(1, Arrays.stream(wanted).sum()));
    int[] depths = new int[size * size];
    for (int pair = 0; pair < depths.length; pair++) {
      depths[pair] = (int) Math.min(Math.max(base, wanted[pair] * shrink), (double) rows);
    }
    int[] limits = RepairPlan.unlimited(size);
    if (ratio >= MANY) {
      limits = limits(costs, potentials, depths, atoms, ratio);
    } else if (ratio > 1) {
      limits = limits(near, threshold);
    }
    return new RepairPlan(size, depths, limits, atoms);
  }

  /** No limit between near rivals, which may have to take each other's whole surplus. */
  private static int[] limits(boolean[] near, double threshold) {
    int drift = (int) Math.min(Integer.MAX_VALUE, DRIFT * threshold);
    int[] limits = new int[near.length];
    for (int pair = 0; pair < limits.length; pair++) {
      limits[pair] = near[pair] ? Integer.MAX_VALUE : drift;
    }
    return limits;
  }

  /**
   * The margins that about {@code depths} moves of all rows are expected up to. A pass that is cut
   * into many units would otherwise collect the whole depth in each of them.
   */
  private static int[] limits(
      SampleCosts costs, Potentials potentials, int[] depths, long[] atoms, double ratio) {
    int size = costs.size();
    int[] ranks = new int[depths.length];
    for (int pair = 0; pair < ranks.length; pair++) {
      ranks[pair] = (int) Math.ceil(1.25 * depths[pair] / ratio) + 3;
    }
    RepairPlan sampled = new RepairPlan(size, ranks, RepairPlan.unlimited(size), atoms);
    PairLists lists = costs.moves(potentials, sampled).lists();
    int[] limits = new int[depths.length];
    for (int pair = 0; pair < limits.length; pair++) {
      limits[pair] = (int) Math.min(Integer.MAX_VALUE, lists.bound(pair));
    }
    return limits;
  }

  private static Rivals rivals(
      SampleCosts costs, Potentials potentials, RepairPlan atoms, int threshold) {
    int size = costs.size();
    int[] less = potentials.toInts();
    return costs.run(
        potentials,
        () -> new Rivals(size),
        (rivals, row, scores, from, min) -> {
          if (atoms.atomCount() == 0 || atoms.atom(AtomKey.of(scores, from, less)) < 0) {
            rivals.add(scores, from, min, threshold);
          }
        },
        Rivals::merge);
  }

  /** For each ordered pair the cheapest move of the sample and how many are below the threshold. */
  private static final class Rivals {
    private final int size;
    private final int[] least;
    private final int[] counts;

    Rivals(int size) {
      this.size = size;
      this.least = new int[size * size];
      this.counts = new int[size * size];
      Arrays.fill(least, Integer.MAX_VALUE);
    }

    void add(int[] scores, int from, int min, int threshold) {
      int pairs = CostKernel.nearest(scores, from, min) * size;
      for (int k = 0; k < size; k++) {
        int margin = scores[from + k] - min;
        least[pairs + k] = Math.min(least[pairs + k], margin);
        if (margin <= threshold) {
          counts[pairs + k]++;
        }
      }
    }

    Rivals merge(Rivals other) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
        least[i] = Math.min(least[i], other.least[i]);
      }
      return this;
    }

    /** The codes that are cheapest to move to (or from), without those that no move was seen to. */
    int[] nearest(int code, boolean from) {
      long[] order = new long[size];
      for (int k = 0; k < size; k++) {
        int margin = least[from ? k * size + code : code * size + k];
        order[k] = ((long) (k == code ? Integer.MAX_VALUE : margin) << 32) | k;
      }
      Arrays.sort(order);
      return Arrays.stream(order)
          .limit(RIVALS)
          .filter(entry -> entry >>> 32 < Integer.MAX_VALUE)
          .mapToInt(entry -> (int) entry)
          .toArray();
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
