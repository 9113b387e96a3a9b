package io.semanticids.benchmarks;

import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Rows;
import java.util.Random;

/**
 * What every benchmark works on: rows around as many centres as there are codewords, of norm 1.
 *
 * @param values {@code count x dimension}
 */
record Data(float[] values, int count, int dimension, Codewords codewords) {
  /** No row is longer. */
  static final double MAX_NORM = 1.001;

  private static final float SPREAD = 0.6f;

  static Data of(int count, int dimension, int size) {
    Random random = new Random(1);
    float[] centres = new float[size * dimension];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = (float) random.nextGaussian();
    }
    float[] values = new float[count * dimension];
    for (int i = 0; i < count; i++) {
      // Squared: small clusters and large ones.
      int centre = (int) (size * Math.pow(random.nextDouble(), 2));
      for (int j = 0; j < dimension; j++) {
        values[i * dimension + j] =
            centres[centre * dimension + j] + SPREAD * (float) random.nextGaussian();
      }
    }
    normalize(values, dimension);
    normalize(centres, dimension);
    return new Data(values, count, dimension, new Codewords(centres, size, dimension));
  }

  private static void normalize(float[] values, int dimension) {
    for (int first = 0; first < values.length; first += dimension) {
      double sum = 0;
      for (int j = first; j < first + dimension; j++) {
        sum += (double) values[j] * values[j];
      }
      for (int j = first; j < first + dimension; j++) {
        values[j] = (float) (values[j] / Math.sqrt(sum));
      }
    }
  }

  Rows rows() {
    return Rows.of(values, dimension);
  }
}
