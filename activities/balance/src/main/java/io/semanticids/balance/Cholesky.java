package io.semanticids.balance;

import java.util.stream.IntStream;

/**
 * {@code A = U^T U} of a symmetric positive definite matrix, in place. Each number is computed by
 * one chain of additions in fixed order, whatever runs in parallel.
 */
final class Cholesky {
  private static final int BLOCK = 32;
  private static final int PARALLEL = 512;

  private final double[][] upper;

  /** Factors a matrix whose upper triangle is given; it is overwritten. */
  Cholesky(double[][] matrix) {
    this.upper = matrix;
    int size = matrix.length;
    for (int first = 0; first < size; first += BLOCK) {
      int low = first;
      int high = Math.min(size, first + BLOCK);
      IntStream rows = IntStream.range(low, high);
      (size >= PARALLEL ? rows.parallel() : rows).forEach(i -> reduce(i, 0, low));
      for (int i = low; i < high; i++) {
        reduce(i, low, i);
        double[] row = upper[i];
        double pivot = Math.sqrt(Math.max(row[i], 1e-14));
        row[i] = pivot;
        for (int j = i + 1; j < size; j++) {
          row[j] /= pivot;
        }
      }
    }
  }

  /** Takes rows {@code [from, to)} of U out of row i. */
  private void reduce(int i, int from, int to) {
    double[] row = upper[i];
    for (int k = from; k < to; k++) {
      double[] other = upper[k];
      double factor = other[i];
      if (factor != 0) {
        for (int j = i; j < row.length; j++) {
          row[j] -= factor * other[j];
        }
      }
    }
  }

  /** Solves {@code A x = b}; b becomes x. */
  void solve(double[] b) {
    int size = b.length;
    for (int i = 0; i < size; i++) {
      b[i] /= upper[i][i];
      for (int j = i + 1; j < size; j++) {
        b[j] -= upper[i][j] * b[i];
      }
    }
    for (int i = size - 1; i >= 0; i--) {
      double sum = b[i];
      for (int j = i + 1; j < size; j++) {
        sum -= upper[i][j] * b[j];
      }
      b[i] = sum / upper[i][i];
    }
  }
}
