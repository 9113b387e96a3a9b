package io.semanticids.tensor;

import java.util.SplittableRandom;

/** Random matrices for tests. */
final class Matrices {
  private Matrices() {}

  /**
   * {@code rows x dimension} values, normal with deviation {@code 1 / sqrt(dimension)}: rows of
   * norm about 1.
   */
  static float[] normal(int rows, int dimension, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(dimension));
    }
    return values;
  }

  static double maxNorm(float[] values, int dimension) {
    return new Codewords(values, values.length / dimension, dimension).maxNorm();
  }
}
