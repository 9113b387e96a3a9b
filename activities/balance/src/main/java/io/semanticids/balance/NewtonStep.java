package io.semanticids.balance;

/** One damped Newton step on the smoothed dual. */
public final class NewtonStep {
  private NewtonStep() {}

  /**
   * The level under better potentials. {@code all} are the sums over all rows under {@code level}.
   */
  public static BalancedLevel apply(SoftLoads all, BalancedLevel level) {
    throw Pending.error();
  }
}
