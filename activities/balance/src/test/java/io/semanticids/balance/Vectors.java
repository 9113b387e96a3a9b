package io.semanticids.balance;

import io.semanticids.tensor.Rows;
import java.util.SplittableRandom;

/** Made-up rows: clusters of very different sizes, some of them repeated. */
final class Vectors {
  static final double NORM = 8;

  private Vectors() {}

  /**
   * {@code count x dimension}; about three rows in a hundred repeat one of a few rows before them.
   */
  static float[] clustered(int count, int dimension, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int clusters = 40;
    double[] centres = new double[clusters * dimension];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = random.nextDouble() * 2 - 1;
    }
    float[] rows = new float[count * dimension];
    for (int i = 0; i < count; i++) {
      if (i > 0 && random.nextInt(100) < 3) {
        int other = random.nextInt(Math.min(i, 5));
        System.arraycopy(rows, other * dimension, rows, i * dimension, dimension);
        continue;
      }
      int cluster = (int) (clusters * Math.pow(random.nextDouble(), 3));
      for (int j = 0; j < dimension; j++) {
        double noise = random.nextDouble() + random.nextDouble() - 1;
        rows[i * dimension + j] = (float) (centres[cluster * dimension + j] + 0.5 * noise);
      }
    }
    return rows;
  }

  static Rows rows(int count, int dimension, long seed) {
    return Rows.of(clustered(count, dimension, seed), dimension);
  }

  /** All rows alike. */
  static Rows equal(int count, int dimension) {
    float[] rows = new float[count * dimension];
    java.util.Arrays.fill(rows, 0.25f);
    return Rows.of(rows, dimension);
  }
}
