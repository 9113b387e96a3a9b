package io.semanticids.balance;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;

/**
 * Exact loads by one pass in row order, where no attempt of {@link Repair} reached them: right, but
 * not cheapest.
 */
public final class LastResort {
  private LastResort() {}

  /**
   * Never fails.
   *
   * @param rows all training rows are {@code [0, count)}
   * @param start the level under its start potentials
   * @param lowerBound of the failed repair
   */
  public static RepairResult solve(
      Rows rows,
      long count,
      BalancedLevel start,
      long[] capacities,
      double lowerBound,
      Arithmetic arithmetic,
      Progress progress) {
    throw Pending.error();
  }
}
