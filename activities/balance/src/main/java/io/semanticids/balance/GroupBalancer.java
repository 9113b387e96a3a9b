package io.semanticids.balance;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Rows;

/** Balances the rows of one prefix on one thread; callers run groups in parallel. */
public final class GroupBalancer {
  private GroupBalancer() {}

  /**
   * Small groups exactly, larger ones as a level in memory.
   *
   * @param group the rows of the prefix; may be empty
   * @param level codewords, scale, sigma, tau and batch are used, its potentials are not
   */
  public static GroupCodes balance(
      Rows group, BalancedLevel level, BalanceOptions options, Arithmetic arithmetic) {
    throw Pending.error();
  }
}
