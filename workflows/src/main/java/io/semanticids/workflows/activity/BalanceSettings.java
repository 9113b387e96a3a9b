package io.semanticids.workflows.activity;

/**
 * How a level is balanced.
 *
 * @param tau the last temperature, in units of the level's mean squared error; 0: the default
 *     schedule ("auto")
 * @param iterations upper bound of the Newton steps on the sample
 * @param batch rows in a block of a pass
 * @param refit centroids follow the balanced assignment
 */
public record BalanceSettings(double tau, int iterations, int batch, boolean refit) {
  public BalanceSettings {
    if (!(tau >= 0) || iterations < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "tau (%s) must not be negative, iterations (%d) and batch (%d) must be positive."
              .formatted(tau, iterations, batch));
    }
  }
}
