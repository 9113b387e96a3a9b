package io.semanticids.quantize;

import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Rows;
import java.util.SplittableRandom;

/** Rows for tests. */
final class Samples {
  private Samples() {}

  /** {@code rows x dimension} values around {@code clusters} centres of norm about 1. */
  static float[] clustered(int rows, int dimension, int clusters, double spread, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] centres = normal(clusters, dimension, 1, random);
    float[] noise = normal(rows, dimension, spread, random);
    for (int i = 0; i < rows; i++) {
      int centre = random.nextInt(clusters);
      for (int j = 0; j < dimension; j++) {
        noise[i * dimension + j] += centres[centre * dimension + j];
      }
    }
    return noise;
  }

  private static float[] normal(int rows, int dimension, double norm, SplittableRandom random) {
    float[] values = new float[rows * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (norm * random.nextGaussian() / Math.sqrt(dimension));
    }
    return values;
  }

  static double maxNorm(Rows rows) {
    int count = (int) rows.count();
    float[] values = new float[count * rows.dimension()];
    rows.read(0, count, values);
    return new Codewords(values, count, rows.dimension()).maxNorm();
  }

  /** The mean squared distance to the nearest codeword, in double precision. */
  static double meanSquaredError(Rows rows, Codewords codewords) {
    int dimension = rows.dimension();
    float[] row = new float[dimension];
    double sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      rows.read(i, 1, row);
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < codewords.size(); k++) {
        double distance = 0;
        for (int j = 0; j < dimension; j++) {
          double difference = (double) row[j] - codewords.values()[k * dimension + j];
          distance += difference * difference;
        }
        least = Math.min(least, distance);
      }
      sum += least;
    }
    return sum / rows.count();
  }
}
