package io.semanticids.balance;

import java.util.Arrays;

/**
 * One damped Newton step on Sinkhorn's semi-dual, smoothed at tau.
 *
 * <p>The gradient is {@code b - p} with {@code b = 1 / K} and p the soft loads as shares; the
 * Hessian is {@code -(diag(p) - E[P P^T]) / tau}. The step {@code tau (diag(p) - E[P P^T] +
 * ridge)^-1 (b - p)}, with {@code ridge_k = 1e-3 max(p_k, 0.1 / K)}, is centred at its median and
 * clipped, each code by itself: a clip of the whole vector would let one isolated code hold up all
 * others. On a sample the clip begins at 4 tau ({@link StepClips}); a step on all rows, whose
 * potentials are nearly right but for isolated codes, may go 32 tau.
 */
public final class NewtonStep {
  private static final double RIDGE = 1e-3;
  static final double CLIP = 4;
  private static final double STREAMED_CLIP = 32;

  private NewtonStep() {}

  /**
   * The level under better potentials.
   *
   * @param all sums over all rows, or over a part that stands for them, under the fitted level
   */
  public static FittedLevel apply(SoftLoads all, FittedLevel fitted) {
    BalancedLevel level = fitted.level();
    double tau = level.fixedTau();
    double[] step = step(all, tau, 1);
    for (int k = 0; k < step.length; k++) {
      step[k] = Math.max(-STREAMED_CLIP * tau, Math.min(STREAMED_CLIP * tau, step[k]));
    }
    return new FittedLevel(
        level.withPotentials(add(level.potentials(), step)), fitted.plan(), step, fitted.rounds());
  }

  static Potentials add(Potentials potentials, double[] step) {
    long[] raw = potentials.values().clone();
    for (int k = 0; k < raw.length; k++) {
      raw[k] += (long) Math.rint(step[k]);
    }
    return Potentials.of(raw, potentials.scale());
  }

  /**
   * The step before it is clipped; {@code tau} in integer costs, {@code damping} multiplies the
   * ridge.
   */
  static double[] step(SoftLoads all, double tau, double damping) {
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
      step[k] -= median;
    }
    return step;
  }
}
