package io.semanticids.balance;

import java.util.Optional;

/**
 * The plan of the next attempt: longer lists for the pairs that failed, the others as they were.
 */
final class DeeperPlan {
  /** Drifts change a little from attempt to attempt: pairs that nearly failed may fail next. */
  private static final double NEARLY = 0.5;

  private final Moves moves;
  private final int size;
  private final int[] depths;
  private final int[] limits;

  private DeeperPlan(Moves moves) {
    this.moves = moves;
    this.size = moves.plan().size();
    this.depths = moves.plan().depths();
    this.limits = moves.plan().limits();
  }

  /**
   * Longer lists where the proof failed or nearly did: those pairs are few, and an attempt is a
   * pass over all rows. Empty if that would be too many moves.
   */
  static Optional<RepairPlan> where(Certificate certificate, Moves moves) {
    DeeperPlan deeper = new DeeperPlan(moves);
    deeper.lengthen(certificate);
    return deeper.checked();
  }

  /**
   * The same, and longer lists out of the set of codes that surplus is locked in; these alone where
   * both would be too many moves.
   */
  static Optional<RepairPlan> beyond(
      Certificate certificate, ShortestPaths paths, Moves moves, long[] capacities) {
    DeeperPlan deeper = new DeeperPlan(moves);
    deeper.lengthen(certificate);
    deeper.open(paths, capacities);
    DeeperPlan opened = new DeeperPlan(moves);
    opened.open(paths, capacities);
    return deeper.checked().or(opened::checked);
  }

  private void lengthen(Certificate certificate) {
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
  }

  private void open(ShortestPaths paths, long[] capacities) {
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
  }

  /**
   * One more than the code's rows at most: a list that is not full is known to hold all of them.
   */
  private static int deeper(int depth, double factor, long load) {
    return (int) Math.min(load + 1, Math.max(8L, (long) (depth * factor)));
  }

  private Optional<RepairPlan> checked() {
    RepairPlan plan = new RepairPlan(size, depths, limits, moves.plan().atoms());
    return plan.total() > RepairPlan.LIMIT || plan.sameAs(moves.plan())
        ? Optional.empty()
        : Optional.of(plan);
  }
}
