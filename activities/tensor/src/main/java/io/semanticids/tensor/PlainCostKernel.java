package io.semanticids.tensor;

import java.util.Arrays;

/** Costs in double precision, one row after the other. */
final class PlainCostKernel implements CostKernel {
  private final int size;
  private final int dimension;
  private final int height;
  private final double factor;
  private final double largestNorm;

  /** {@code |c_k|^2}. */
  private final double[] squares;

  /**
   * {@code dimension x size}: the inner loop runs over codewords, whose sums are independent and
   * vectorise.
   */
  private final double[][] transposed;

  private final double[] products;

  PlainCostKernel(Codewords codewords, CostScale scale, int height) {
    KernelArguments.requireHeight(height);
    this.size = codewords.size();
    this.dimension = codewords.dimension();
    this.height = height;
    this.factor = scale.factor();
    this.largestNorm = KernelArguments.largestNorm(codewords, scale);
    this.squares = new double[size];
    this.transposed = new double[dimension][size];
    this.products = new double[size];
    for (int k = 0; k < size; k++) {
      for (int j = 0; j < dimension; j++) {
        double value = codewords.values()[k * dimension + j];
        transposed[j][k] = value;
        squares[k] += value * value;
      }
    }
  }

  @Override
  public void costs(float[] rows, int count, int[] costs) {
    KernelArguments.requireBlock(rows, count, costs, height, dimension, size);
    double largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, cost(rows, i * dimension, costs, i * size));
    }
    KernelArguments.requireNorm(largest, largestNorm);
  }

  /** One row; its squared norm comes back. */
  private double cost(float[] rows, int at, int[] costs, int to) {
    Arrays.fill(products, 0);
    double norm = 0;
    for (int j = 0; j < dimension; j++) {
      double value = rows[at + j];
      norm += value * value;
      addMultiple(value, transposed[j], products);
    }
    for (int k = 0; k < size; k++) {
      costs[to + k] = (int) Math.rint(factor * (squares[k] - 2 * products[k]));
    }
    return norm;
  }

  private static void addMultiple(double factor, double[] values, double[] sums) {
    for (int k = 0; k < sums.length; k++) {
      sums[k] += factor * values[k];
    }
  }

  @Override
  public void close() {}
}
