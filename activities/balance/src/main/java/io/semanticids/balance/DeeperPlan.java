package io.semanticids.balance;

import java.util.Optional;

/**
 * The plan of the next attempt: longer lists for the pairs that failed, the others as they were.
 */
final class DeeperPlan {
  /** Drifts change a little from attempt to attempt: pairs that nearly failed may fail next. */
  private static final double NEARLY = 0.5;

  private DeeperPlan() {}

  /**
   * Longer lists where the proof failed or nearly did: those pairs are few, and an attempt is a
   * pass over all rows. Empty if that would be too many moves.
   */
  static Optional<RepairPlan> where(Certificate certificate, Moves moves) {
    int size = moves.plan().size();
    int[] depths = moves.plan().depths();
    int[] limits = moves.plan().limits();
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        int pair = j * size + k;
        double bound = Math.max(1, moves.lists().bound(pair));
        double need = certificate.need(j, k);
        if (certificate.failed(j, k) || (k != j && need > NEARLY * bound)) {
          double factor = Math.max(4, Math.min(64, 4 * need / bound));
          depths[pair] = deeper(depths[pair], factor, moves.loads()[j]);
          limits[pair] = (int) Math.min(Integer.MAX_VALUE, Math.max(limits[pair], bound) * factor);
        }
      }
    }
    return checked(depths, limits, moves);
  }

  /** Longer lists out of the set of codes that surplus is locked in. */
  static Optional<RepairPlan> beyond(ShortestPaths paths, Moves moves, long[] capacities) {
    int size = moves.plan().size();
    int[] depths = moves.plan().depths();
    int[] limits = moves.plan().limits();
    boolean[] reached = paths.reached();
    long left = 0;
    for (int k = 0; k < size; k++) {
      left += Math.max(0, paths.loads()[k] - capacities[k]);
    }
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        if (reached[j] && !reached[k]) {
          int pair = j * size + k;
          long wanted = depths[pair] + Math.min(left, capacities[k]);
          double factor = Math.max(4, (double) wanted / Math.max(1, depths[pair]));
          depths[pair] = deeper(depths[pair], factor, moves.loads()[j]);
          limits[pair] = Integer.MAX_VALUE;
        }
      }
    }
    return checked(depths, limits, moves);
  }

  /**
   * One more than the code's rows at most: a list that is not full is known to hold all of them.
   */
  private static int deeper(int depth, double factor, long load) {
    return (int) Math.min(load + 1, Math.max(8L, (long) (depth * factor)));
  }

  private static Optional<RepairPlan> checked(int[] depths, int[] limits, Moves moves) {
    RepairPlan plan = new RepairPlan(moves.plan().size(), depths, limits, moves.plan().atoms());
    return plan.total() > RepairPlan.LIMIT || plan.sameAs(moves.plan())
        ? Optional.empty()
        : Optional.of(plan);
  }
}
