package io.semanticids.balance;

import java.util.stream.IntStream;

/**
 * {@code A = U^T U} of a symmetric positive definite matrix, in place. Each number is computed by
 * one chain of additions in fixed order, whatever runs in parallel.
 */
final class Cholesky {
  /** Rows; a multiple of four. */
  private static final int BLOCK = 32;

  private static final int PARALLEL = 512;

  /** Columns of a block that one thread reduces at a time: they stay in a core's cache. */
  private static final int WIDTH = 512;

  private final double[][] upper;

  /** Factors a matrix whose upper triangle is given; it is overwritten. */
  Cholesky(double[][] matrix) {
    this.upper = matrix;
    int size = matrix.length;
    for (int first = 0; first < size; first += BLOCK) {
      int low = first;
      int high = Math.min(size, first + BLOCK);
      IntStream parts = IntStream.range(low / WIDTH, (size + WIDTH - 1) / WIDTH);
      (size >= PARALLEL ? parts.parallel() : parts)
          .forEach(part -> reduce(low, high, part * WIDTH, Math.min(size, (part + 1) * WIDTH)));
      for (int i = low; i < high; i++) {
        double[] row = upper[i];
        for (int k = low; k < i; k++) {
          subtract(row, upper[k], upper[k][i], i, size);
        }
        double pivot = Math.sqrt(Math.max(row[i], 1e-14));
        row[i] = pivot;
        for (int j = i + 1; j < size; j++) {
          row[j] /= pivot;
        }
      }
    }
  }

  /**
   * Takes the rows of U before {@code low} out of the rows {@code [low, high)}, in these columns.
   */
  private void reduce(int low, int high, int from, int to) {
    for (int k = 0; k < low; k += 4) {
      for (int i = low; i < high; i++) {
        int start = Math.max(i, from);
        subtract(upper[i], upper[k], upper[k + 1], upper[k + 2], upper[k + 3], i, start, to);
      }
    }
  }

  private static void subtract(double[] row, double[] other, double factor, int from, int to) {
    for (int j = from; j < to; j++) {
      row[j] -= factor * other[j];
    }
  }

  /** Four rows in one go, in the same order. */
  private static void subtract(
      double[] row, double[] a, double[] b, double[] c, double[] d, int i, int from, int to) {
    double fa = a[i];
    double fb = b[i];
    double fc = c[i];
    double fd = d[i];
    for (int j = from; j < to; j++) {
      row[j] = row[j] - fa * a[j] - fb * b[j] - fc * c[j] - fd * d[j];
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
