package io.semanticids.balance;

import java.util.Arrays;

/**
 * One damped Newton step on Sinkhorn's semi-dual, smoothed at tau.
 *
 * <p>The gradient is {@code b - p} with {@code b = 1 / K} and p the soft loads as shares; the
 * Hessian is {@code -(diag(p) - E[P P^T]) / tau}. The step {@code tau (diag(p) - E[P P^T] +
 * ridge)^-1 (b - p)}, with {@code ridge_k = 1e-3 max(p_k, 0.1 / K)}, is centred at its median and
 * each code by itself is clipped at four tau: a clip of the whole vector would let one isolated
 * code hold up all others.
 */
public final class NewtonStep {
  private static final double RIDGE = 1e-3;
  private static final double CLIP = 4;

  private NewtonStep() {}

  /**
   * The level under better potentials. {@code all} are the sums over all rows under {@code level}.
   */
  public static BalancedLevel apply(SoftLoads all, BalancedLevel level) {
    return level.withPotentials(apply(all, level.potentials(), level.fixedTau(), 1));
  }

  /** Better potentials; {@code tau} in integer costs, {@code damping} multiplies the ridge. */
  static Potentials apply(SoftLoads all, Potentials potentials, double tau, double damping) {
    double[] step = step(all, tau, damping);
    long[] raw = potentials.values().clone();
    for (int k = 0; k < raw.length; k++) {
      raw[k] += (long) Math.rint(step[k]);
    }
    return Potentials.of(raw, potentials.scale());
  }

  private static double[] step(SoftLoads all, double tau, double damping) {
    int size = all.size();
    double[] shares = all.shares();
    double[][] matrix = new double[size][];
    double[] step = new double[size];
    for (int j = 0; j < size; j++) {
      matrix[j] = new double[size];
      for (int k = j; k < size; k++) {
        matrix[j][k] = -all.pair(j, k);
      }
      matrix[j][j] += shares[j] + damping * RIDGE * Math.max(shares[j], 0.1 / size);
      step[j] = tau * (1.0 / size - shares[j]);
    }
    new Cholesky(matrix).solve(step);
    double[] sorted = step.clone();
    Arrays.sort(sorted);
    double median = sorted[size / 2];
    for (int k = 0; k < size; k++) {
      step[k] = Math.max(-CLIP * tau, Math.min(CLIP * tau, step[k] - median));
    }
    return step;
  }
}
