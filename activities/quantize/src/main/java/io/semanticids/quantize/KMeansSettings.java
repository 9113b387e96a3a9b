package io.semanticids.quantize;

/**
 * How a level is fitted.
 *
 * @param size the number of codewords, K
 * @param maxRounds Lloyd rounds over the sample at most; 25 where nobody asks for another number
 * @param tolerance stop when a round lowers the error by less than this share of it; 2e-3 where
 *     nobody asks
 * @param seed of the seeding
 */
public record KMeansSettings(int size, int maxRounds, double tolerance, long seed) {
  public KMeansSettings {
    if (size <= 0) {
      throw new IllegalArgumentException(
          "The size (%d) of a level must be positive.".formatted(size));
    }
    if (maxRounds < 0) {
      throw new IllegalArgumentException(
          "The number of rounds (%d) must not be negative.".formatted(maxRounds));
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "The tolerance (%s) must not be negative.".formatted(tolerance));
    }
  }

  /** The usual 25 rounds and tolerance 2e-3. */
  public static KMeansSettings of(int size, long seed) {
    return new KMeansSettings(size, 25, 2e-3, seed);
  }
}
