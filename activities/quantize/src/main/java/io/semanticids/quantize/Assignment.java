package io.semanticids.quantize;

import io.semanticids.tensor.Codewords;

/** What one thread gathers in one Lloyd round: sums by code and the squared error, both exact. */
final class Assignment {
  private static final int ERROR_BITS = 34;

  private final ExactSums sums;
  private final double factor;
  private long rows;
  private long error;

  /**
   * Codewords are means of rows, so distances are at most {@code 2 maxRowNorm}, but for the
   * rounding of float32.
   */
  Assignment(int size, int dimension, double maxRowNorm) {
    this.sums = new ExactSums(size, dimension, maxRowNorm);
    this.factor = FixedPoint.factor(4 * maxRowNorm * maxRowNorm, ERROR_BITS);
  }

  /** Gives the row at {@code rows[at ..]} the code; its squared distance comes back. */
  float add(int code, Codewords codewords, float[] rows, int at) {
    sums.add(code, rows, at);
    double distance = squaredDistance(codewords, code, rows, at);
    error = Math.addExact(error, (long) Math.rint(distance * factor));
    this.rows++;
    return (float) distance;
  }

  private static double squaredDistance(Codewords codewords, int code, float[] rows, int at) {
    float[] values = codewords.values();
    int dimension = codewords.dimension();
    int from = code * dimension;
    double sum = 0;
    for (int j = 0; j < dimension; j++) {
      double difference = (double) rows[at + j] - values[from + j];
      sum += difference * difference;
    }
    return sum;
  }

  Assignment merge(Assignment other) {
    sums.merge(other.sums);
    error = Math.addExact(error, other.error);
    rows += other.rows;
    return this;
  }

  ExactSums sums() {
    return sums;
  }

  double meanSquaredError() {
    return error / factor / rows;
  }
}
