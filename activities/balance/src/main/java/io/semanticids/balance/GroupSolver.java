package io.semanticids.balance;

/** Exact capacitated assignment of one small group by shortest augmenting paths. */
public final class GroupSolver {
  private GroupSolver() {}

  /**
   * Least-cost codes with every load {@code floor(n / K)} or {@code ceil(n / K)}.
   *
   * @param costs {@code n x K}, row-major; longer arrays are allowed
   * @param codes receives n codes
   * @param potentials receives K dual values: each row's code has the least {@code cost -
   *     potential}
   * @return the sum of the costs
   */
  public static long solve(int[] costs, int rows, int size, int[] codes, long[] potentials) {
    throw Pending.error();
  }
}
