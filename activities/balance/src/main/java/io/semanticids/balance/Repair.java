package io.semanticids.balance;

/** Makes loads exact at least cost, by shortest paths over collected moves. */
public final class Repair {
  private Repair() {}

  /**
   * Solves one attempt.
   *
   * @param moves merged over all rows; not changed
   * @param start the level whose potentials the moves were collected under
   * @param capacities from {@link Capacities#of}; the same at every attempt
   * @param attempt from 1
   */
  public static RepairResult solve(
      Moves moves, BalancedLevel start, long[] capacities, int attempt, RepairOptions options) {
    throw Pending.error();
  }
}
