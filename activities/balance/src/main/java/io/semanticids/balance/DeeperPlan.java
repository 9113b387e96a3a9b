package io.semanticids.balance;

import java.util.Arrays;
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
  private final long[] loads;

  private DeeperPlan(Moves moves) {
    this.moves = moves;
    this.loads = moves.loads();
    this.size = moves.plan().size();
    this.depths = moves.plan().depths();
    this.limits = moves.plan().limits();
  }

  /**
   * Longer lists where the proof failed or nearly did: those pairs are few, and an attempt reads
   * all rows of their codes. Empty if that would be too many moves.
   */
  static Optional<RepairPlan> where(Certificate certificate, Moves moves) {
    DeeperPlan deeper = new DeeperPlan(moves);
    deeper.lengthen(certificate);
    return deeper.checked();
  }

  /**
   * Longer lists out of the set of codes that surplus is locked in, as far as a plan has room. With
   * {@code dear} those of {@link #where} too, unless both would be too many moves. Empty if no list
   * is longer.
   *
   * @param dear what was moved already costs more than is allowed
   */
  static Optional<RepairPlan> beyond(
      Certificate certificate, ShortestPaths paths, Moves moves, long[] capacities, boolean dear) {
    DeeperPlan opened = new DeeperPlan(moves);
    opened.open(paths, capacities);
    if (!dear) {
      return opened.checked();
    }
    DeeperPlan both = new DeeperPlan(moves);
    both.open(paths, capacities);
    both.lengthen(certificate);
    return both.checked().or(opened::checked);
  }

  private void lengthen(Certificate certificate) {
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        int pair = j * size + k;
        double bound = Math.max(1, moves.lists().bound(pair));
        double need = certificate.need(j, k);
        if (certificate.failed(j, k) || (k != j && need > NEARLY * bound)) {
          double factor = Math.max(4, Math.min(64, 4 * need / bound));
          depths[pair] = deeper(depths[pair], factor, loads[j]);
          limits[pair] = (int) Math.min(Integer.MAX_VALUE, Math.max(limits[pair], bound) * factor);
        }
      }
    }
  }

  /**
   * Each pair that leads out of the set gets room for all that is left, or its share of half of
   * what a plan has room for.
   */
  private void open(ShortestPaths paths, long[] capacities) {
    long left = 0;
    for (int k = 0; k < size; k++) {
      left += Math.max(0, paths.loads()[k] - capacities[k]);
    }
    boolean[] reached = paths.reached();
    double[] more = new double[depths.length];
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        int pair = j * size + k;
        more[pair] =
            reached[j] && !reached[k]
                ? Math.max(3.0 * depths[pair], Math.min(left, capacities[k]))
                : 0;
      }
    }
    double share = Math.min(1, RepairPlan.LIMIT / 2 / Math.max(1, Arrays.stream(more).sum()));
    for (int pair = 0; pair < more.length; pair++) {
      if (more[pair] > 0) {
        double factor = 1 + share * more[pair] / Math.max(1, depths[pair]);
        depths[pair] = deeper(depths[pair], factor, loads[pair / size]);
        limits[pair] = Integer.MAX_VALUE;
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
    RepairPlan plan = new RepairPlan(size, depths, limits, moves.plan().atoms(), changed());
    return plan.total() > RepairPlan.LIMIT || plan.sameAs(moves.plan())
        ? Optional.empty()
        : Optional.of(plan);
  }

  /** The codes out of which other moves are wanted than before. */
  private boolean[] changed() {
    boolean[] changed = new boolean[size];
    for (int pair = 0; pair < depths.length; pair++) {
      changed[pair / size] |=
          depths[pair] != moves.plan().depth(pair) || limits[pair] != moves.plan().limit(pair);
    }
    return changed;
  }
}
