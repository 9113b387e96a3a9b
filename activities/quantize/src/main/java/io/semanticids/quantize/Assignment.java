package io.semanticids.quantize;

import io.semanticids.tensor.Codewords;

/**
 * What one thread gathers in one pass of Lloyd: how sums by code change, and the squared error,
 * both exact.
 */
final class Assignment {
  /** The code of a row that has none yet. */
  static final int NONE = -1;

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

  /**
   * Gives the row at {@code rows[at ..]} the code, which had {@code before} or {@link #NONE}; its
   * squared distance comes back.
   */
  float add(int before, int code, Codewords codewords, float[] rows, int at) {
    if (before == NONE) {
      sums.add(code, rows, at);
    } else if (before != code) {
      sums.move(before, code, rows, at);
    }
    int dimension = codewords.dimension();
    double distance = SquaredDistance.of(rows, at, codewords.values(), code * dimension, dimension);
    error = Math.addExact(error, (long) Math.rint(distance * factor));
    this.rows++;
    return (float) distance;
  }

  Assignment merge(Assignment other) {
    sums.merge(other.sums);
    error = Math.addExact(error, other.error);
    rows += other.rows;
    return this;
  }

  /** The sums of the rows that got their first code, and of what moved. */
  ExactSums sums() {
    return sums;
  }

  double meanSquaredError() {
    return error / factor / rows;
  }
}
