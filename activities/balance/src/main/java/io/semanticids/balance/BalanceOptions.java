package io.semanticids.balance;

/**
 * How a level is balanced.
 *
 * @param tau the last temperature in units of the unbalanced level's mean squared error; 0: 0.01
 *     or, over a catalogue in which that leaves many rows torn between codes, less
 * @param iterations upper bound of the Newton steps of one fit of the potentials on the sample
 * @param batch rows in a block of a pass
 * @param refit centroids follow the balanced assignment
 * @param size codes of the level
 * @param seed of the seeding of k-means
 */
public record BalanceOptions(
    double tau, int iterations, int batch, boolean refit, int size, long seed) {
  /** The largest level that is balanced: more codes would take K x K numbers of over a gigabyte. */
  public static final int MAX_SIZE = 4_096;

  public BalanceOptions {
    if (!(tau >= 0) || Double.isInfinite(tau) || iterations < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "tau (%s) must not be negative, iterations (%d) and batch (%d) must be positive."
              .formatted(tau, iterations, batch));
    }
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "A level of %d codes cannot be balanced: 1 to %d can; it would take %d MB for each of several K x K tables."
              .formatted(size, MAX_SIZE, ((long) size * size * 8) >> 20));
    }
  }

  /** The defaults of the request for {@code size} codes. */
  public static BalanceOptions of(int size, long seed) {
    return new BalanceOptions(0, 30, 8_192, true, size, seed);
  }
}
