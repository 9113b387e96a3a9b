package io.semanticids.balance;

import io.semanticids.quantize.SquaredDistance;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import java.util.Optional;

/**
 * Exact loads by one pass in row order, where no attempt of {@link Repair} reached them: each row
 * takes the cheapest code that has room. Right, but not cheapest.
 */
public final class LastResort {
  private LastResort() {}

  /**
   * Never fails.
   *
   * @param rows all training rows are {@code [0, count)}
   * @param start the level under its start potentials
   * @param lowerBound of the failed repair
   */
  public static RepairResult solve(
      Rows rows,
      long count,
      BalancedLevel start,
      long[] capacities,
      double lowerBound,
      Arithmetic arithmetic,
      Progress progress) {
    int size = start.size();
    int dimension = rows.dimension();
    long[] left = capacities.clone();
    long[] moved = new long[1_024];
    int[] codes = new int[1_024];
    int found = 0;
    long cost = 0;
    long squares = 0;
    int most = BlockPass.height(size);
    float[] block = new float[Math.multiplyExact(most, dimension)];
    int[] scores = new int[Math.multiplyExact(most, size)];
    int[] least = new int[most];
    int[] potentials = start.potentials().toInts();
    try (CostKernel kernel = arithmetic.costs(start.codewords(), start.scale(), potentials, most)) {
      for (long first = 0; first < count; first += most) {
        int height = (int) Math.min(most, count - first);
        rows.read(first, height, block);
        kernel.costs(block, height, scores, least);
        for (int i = 0; i < height; i++) {
          int wanted = CostKernel.nearest(scores, i * size, least[i]);
          int code = left[wanted] > 0 ? wanted : withRoom(scores, i * size, left);
          left[code]--;
          cost += scores[i * size + code] + potentials[code];
          squares +=
              start.squares().toFixed(SquaredDistance.fromZero(block, i * dimension, dimension));
          if (code != wanted) {
            if (found == moved.length) {
              moved = Arrays.copyOf(moved, 2 * found);
              codes = Arrays.copyOf(codes, 2 * found);
            }
            moved[found] = first + i;
            codes[found++] = code;
          }
        }
        progress.advanced(height);
      }
    }
    double real = Math.max(0, start.squares().toReal(squares) + start.scale().toReal(cost));
    return new RepairResult(
        Arrays.copyOf(moved, found),
        Arrays.copyOf(codes, found),
        capacities.clone(),
        capacities.clone(),
        start.potentials(),
        real,
        Math.min(real, lowerBound),
        false,
        Optional.empty());
  }

  private static int withRoom(int[] scores, int from, long[] left) {
    int best = -1;
    for (int k = 0; k < left.length; k++) {
      if (left[k] > 0 && (best < 0 || scores[from + k] < scores[from + best])) {
        best = k;
      }
    }
    return best;
  }
}
