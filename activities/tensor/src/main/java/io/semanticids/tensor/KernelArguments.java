package io.semanticids.tensor;

/** What all kernels check about their arguments. */
final class KernelArguments {
  /** Of a potential: with costs of up to 2^30 their difference fits an int. */
  private static final int MOST = 1 << 28;

  private KernelArguments() {}

  static void requireHeight(int height) {
    if (height <= 0) {
      throw new IllegalArgumentException(
          "The height (%d) of a block must be positive.".formatted(height));
    }
  }

  static void requireBlock(
      float[] rows, int count, int[] costs, int[] least, int height, int dimension, int size) {
    if (count < 0
        || count > height
        || count > least.length
        || (long) count * dimension > rows.length
        || (long) count * size > costs.length) {
      throw new IllegalArgumentException(
          "%d rows of dimension %d against %d codewords do not fit the block (height %d, %d values, %d costs, %d least ones)."
              .formatted(count, dimension, size, height, rows.length, costs.length, least.length));
    }
  }

  static void requirePotentials(int[] potentials, int size) {
    if (potentials.length != size) {
      throw new IllegalArgumentException(
          "%d potentials are not those of %d codewords.".formatted(potentials.length, size));
    }
    for (int potential : potentials) {
      if (potential < -MOST || potential > MOST) {
        throw new IllegalArgumentException(
            "A potential of %d must lie within 2^28 of zero.".formatted(potential));
      }
    }
  }

  /**
   * The largest norm of a row whose costs surely fit an int: {@code factor (M^2 + 2 R M) <= 2^30},
   * which leaves a factor of eight over the norm that a {@link CostScale} was made for.
   */
  static double largestNorm(Codewords codewords, CostScale scale) {
    double norm = codewords.maxNorm();
    double room = (1 << 30) / scale.factor() - norm * norm;
    if (!(room >= 0)) {
      throw new IllegalArgumentException(
          "The factor %s is too large for codewords of norm %s: take CostScale.of these codewords."
              .formatted(scale.factor(), norm));
    }
    return room / (2 * norm);
  }

  /** Instead of costs that wrap around. */
  static void requireNorm(double squaredNorm, double largestNorm) {
    if (!(Math.sqrt(squaredNorm) <= largestNorm)) {
      throw new IllegalArgumentException(
          "A row of norm %s has costs outside the scale, which allows norms up to %s: rows must be finite and"
                  .formatted(Math.sqrt(squaredNorm), largestNorm)
              + " CostScale.of needs the largest norm of all rows.");
    }
  }
}
