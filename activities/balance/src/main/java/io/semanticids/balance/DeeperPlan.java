package io.semanticids.balance;

import java.util.Optional;

/**
 * The plan of the next attempt: longer lists for the pairs that failed, the others as they were.
 */
final class DeeperPlan {
  private DeeperPlan() {}

  /**
   * Longer lists where the proof failed, as if margins were spread evenly; empty if that would be
   * too many moves.
   */
  static Optional<RepairPlan> where(Certificate certificate, Moves moves) {
    int size = moves.plan().size();
    int[] depths = moves.plan().depths();
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        int pair = j * size + k;
        if (certificate.failed(j, k)) {
          double bound = Math.max(1, moves.lists().bound(pair));
          double factor = Math.max(2, Math.min(8, 1.5 * certificate.need(j, k) / bound));
          depths[pair] = deeper(depths[pair], factor, moves.loads()[j]);
        }
      }
    }
    return checked(depths, moves);
  }

  /** Longer lists out of the set of codes that surplus is locked in. */
  static Optional<RepairPlan> beyond(ShortestPaths paths, Moves moves, long[] capacities) {
    int size = moves.plan().size();
    int[] depths = moves.plan().depths();
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
        }
      }
    }
    return checked(depths, moves);
  }

  /**
   * One more than the code's rows at most: a list that is not full is known to hold all of them.
   */
  private static int deeper(int depth, double factor, long load) {
    return (int) Math.min(load + 1, Math.max(8L, (long) (depth * factor)));
  }

  private static Optional<RepairPlan> checked(int[] depths, Moves moves) {
    RepairPlan plan = new RepairPlan(moves.plan().size(), depths, moves.plan().atoms());
    return plan.total() > RepairPlan.LIMIT || plan.sameAs(moves.plan())
        ? Optional.empty()
        : Optional.of(plan);
  }
}
