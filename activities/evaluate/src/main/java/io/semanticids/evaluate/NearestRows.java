package io.semanticids.evaluate;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;

/**
 * The exact nearest rows of some of the rows of a pool.
 *
 * @param queries row numbers in the pool, ascending: Q of them
 * @param k neighbours of each query
 * @param neighbours {@code Q x k}, row-major: row numbers in the pool, nearest first, ties by row
 *     number; never the query itself
 */
record NearestRows(int[] queries, int k, int[] neighbours) {
  NearestRows {
    if (neighbours.length != Math.multiplyExact(queries.length, k)) {
      throw new IllegalArgumentException(
          "%d neighbours are not %d for each of %d queries."
              .formatted(neighbours.length, k, queries.length));
    }
  }

  /**
   * Finds them by squared Euclidean distance (for vectors of unit length: by cosine) in fixed
   * point: the queries are the codewords of a cost kernel, the pool streams through it. Distances
   * that differ by less than the fixed point resolves count as equal.
   *
   * <p>Memory: a block of {@link Arithmetic#BLOCK} rows by Q costs and {@code 12 Q k} bytes a
   * thread, 8 bytes a row of the pool.
   *
   * @param k neighbours wanted; as many as there are other rows if fewer
   */
  static NearestRows find(
      Rows pool, int[] queries, int k, Arithmetic arithmetic, Progress progress) {
    int found = (int) Math.min(k, pool.count() - 1);
    if (queries.length == 0 || found <= 0) {
      return new NearestRows(new int[0], Math.max(0, found), new int[0]);
    }
    int dimension = pool.dimension();
    float[] values = new float[Math.multiplyExact(queries.length, dimension)];
    float[] row = new float[dimension];
    for (int q = 0; q < queries.length; q++) {
      pool.read(queries[q], 1, row);
      System.arraycopy(row, 0, values, q * dimension, dimension);
    }
    Codewords codewords = new Codewords(values, queries.length, dimension);
    CostScale scale = CostScale.of(maxNorm(pool), codewords);
    Nearest nearest =
        BlockPass.run(
            arithmetic,
            pool,
            0,
            pool.count(),
            codewords,
            scale,
            Arithmetic.BLOCK,
            () -> new Nearest(queries, found, dimension, scale),
            Nearest::add,
            Nearest::merge,
            progress);
    return new NearestRows(queries, found, nearest.rows);
  }

  private static double maxNorm(Rows pool) {
    int dimension = pool.dimension();
    float[] block = new float[Arithmetic.BLOCK * dimension];
    double max = 0;
    for (long first = 0; first < pool.count(); first += Arithmetic.BLOCK) {
      int count = (int) Math.min(Arithmetic.BLOCK, pool.count() - first);
      pool.read(first, count, block);
      for (int i = 0; i < count; i++) {
        max = Math.max(max, squaredNorm(block, i, dimension));
      }
    }
    return Math.sqrt(max);
  }

  private static double squaredNorm(float[] rows, int row, int dimension) {
    double sum = 0;
    for (int j = row * dimension; j < (row + 1) * dimension; j++) {
      sum += (double) rows[j] * rows[j];
    }
    return sum;
  }

  /**
   * The k nearest so far of each query, nearest first. Exact, so the order of blocks does not
   * matter.
   */
  private static final class Nearest {
    private final int[] queries;
    private final int k;
    private final int dimension;
    private final CostScale scale;
    private final int[] rows;
    private final long[] costs;

    Nearest(int[] queries, int k, int dimension, CostScale scale) {
      this.queries = queries;
      this.k = k;
      this.dimension = dimension;
      this.scale = scale;
      this.rows = new int[queries.length * k];
      this.costs = new long[queries.length * k];
      Arrays.fill(rows, Integer.MAX_VALUE);
      Arrays.fill(costs, Long.MAX_VALUE);
    }

    void add(long firstRow, int count, float[] values, int[] block, int[] least) {
      for (int i = 0; i < count; i++) {
        int row = Math.toIntExact(firstRow + i);
        // The kernel leaves out |row|², which is the same for all codewords but not for all rows.
        long norm = scale.toFixed(squaredNorm(values, i, dimension));
        for (int q = 0; q < queries.length; q++) {
          long cost = block[i * queries.length + q] + norm;
          if (cost <= costs[q * k + k - 1] && row != queries[q]) {
            insert(q, cost, row);
          }
        }
      }
    }

    Nearest merge(Nearest other) {
      for (int q = 0; q < queries.length; q++) {
        for (int i = q * k; i < (q + 1) * k; i++) {
          if (other.costs[i] < Long.MAX_VALUE) {
            insert(q, other.costs[i], other.rows[i]);
          }
        }
      }
      return this;
    }

    private void insert(int query, long cost, int row) {
      int i = query * k + k - 1;
      if (!nearer(cost, row, i)) {
        return;
      }
      while (i > query * k && nearer(cost, row, i - 1)) {
        costs[i] = costs[i - 1];
        rows[i] = rows[i - 1];
        i--;
      }
      costs[i] = cost;
      rows[i] = row;
    }

    private boolean nearer(long cost, int row, int i) {
      return cost < costs[i] || (cost == costs[i] && row < rows[i]);
    }
  }
}
