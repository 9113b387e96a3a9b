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
  private final int[] potentials;

  PlainCostKernel(Codewords codewords, CostScale scale, int[] potentials, int height) {
    KernelArguments.requireHeight(height);
    KernelArguments.requirePotentials(potentials, codewords.size());
    this.size = codewords.size();
    this.dimension = codewords.dimension();
    this.height = height;
    this.factor = scale.factor();
    this.largestNorm = KernelArguments.largestNorm(codewords, scale);
    this.squares = new double[size];
    this.transposed = new double[dimension][size];
    this.products = new double[size];
    this.potentials = potentials.clone();
    for (int k = 0; k < size; k++) {
      for (int j = 0; j < dimension; j++) {
        double value = codewords.values()[k * dimension + j];
        transposed[j][k] = value;
        squares[k] += value * value;
      }
    }
  }

  @Override
  public void costs(float[] rows, int count, int[] costs, int[] least) {
    KernelArguments.requireBlock(rows, count, costs, least, height, dimension, size);
    double largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, cost(rows, i * dimension, costs, i * size));
      least[i] = Arrays.stream(costs, i * size, (i + 1) * size).min().getAsInt();
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
      costs[to + k] = (int) Math.rint(factor * (squares[k] - 2 * products[k])) - potentials[k];
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
