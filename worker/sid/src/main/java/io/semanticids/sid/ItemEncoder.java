package io.semanticids.sid;

import io.semanticids.publish.Codebook;
import io.semanticids.quantize.BeamCodes;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.tensor.UnitRows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives new vectors their codes under a run's rule: level by level, {@code argmin_k cost_k - g_k}
 * on what the levels before have left, with g the potentials of the level, or of the item's prefix.
 * Ties go to the lowest code. An unbalanced codebook may ask for a beam search instead. Vectors are
 * brought to length 1 first if those of the run were.
 */
final class ItemEncoder {
  private final Codebook codebook;
  private final Arithmetic arithmetic;

  /** For rows of norm at most {@link #beamNorm}. */
  private @Nullable BeamCodes beam;

  private double beamNorm;

  ItemEncoder(Codebook codebook, Arithmetic arithmetic) {
    this.codebook = codebook;
    this.arithmetic = arithmetic;
  }

  /**
   * Encodes a block of vectors.
   *
   * @param vectors {@code n x d}, row-major; used up: holds what is left of them afterwards
   * @return {@code L x n}
   */
  int[][] encode(float[] vectors, int n) {
    int levels = codebook.levels().size();
    int dimension = codebook.dimension();
    if (codebook.normalize()) {
      UnitRows.scale(vectors, n, dimension);
    }
    if (codebook.beam() > 1) {
      return beam(maxNorm(vectors, n, dimension))
          .encode(Rows.of(Arrays.copyOf(vectors, n * dimension), dimension), arithmetic);
    }
    int[][] codes = new int[levels][n];
    int[] prefixes = new int[n];
    for (int l = 0; l < levels; l++) {
      Codebook.Level level = codebook.levels().get(l);
      Codewords codewords = level.codewords();
      Codebook.@Nullable Potentials potentials = level.potentials();
      CostScale scale =
          potentials == null
              ? CostScale.of(maxNorm(vectors, n, dimension), codewords)
              : potentials.scale();
      int[] costs = new int[Math.multiplyExact(n, codewords.size())];
      try (CostKernel kernel = arithmetic.costs(codewords, scale, n)) {
        kernel.costs(vectors, n, costs, new int[n]);
      }
      for (int i = 0; i < n; i++) {
        int code = best(costs, i * codewords.size(), codewords.size(), potentials, prefixes[i]);
        codes[l][i] = code;
        prefixes[i] = prefixes[i] * codewords.size() + code;
        for (int d = 0; d < dimension; d++) {
          vectors[i * dimension + d] -= codewords.values()[code * dimension + d];
        }
      }
    }
    return codes;
  }

  private BeamCodes beam(double norm) {
    if (beam == null || norm > beamNorm) {
      beamNorm = norm;
      beam =
          new BeamCodes(
              codebook.levels().stream().map(Codebook.Level::codewords).toList(),
              norm,
              codebook.beam(),
              arithmetic.threads(),
              Progress.NONE);
    }
    return beam;
  }

  private static int best(
      int[] costs, int from, int size, Codebook.@Nullable Potentials potentials, int prefix) {
    int row = potentials == null || potentials.prefixes() == 1 ? 0 : prefix * size;
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int k = 0; k < size; k++) {
      long cost = costs[from + k] - (potentials == null ? 0L : potentials.values()[row + k]);
      if (cost < least) {
        least = cost;
        best = k;
      }
    }
    return best;
  }

  private static double maxNorm(float[] vectors, int n, int dimension) {
    double max = 0;
    for (int i = 0; i < n; i++) {
      double squares = 0;
      for (int d = 0; d < dimension; d++) {
        double value = vectors[i * dimension + d];
        squares += value * value;
      }
      max = Math.max(max, squares);
    }
    return Math.sqrt(max);
  }
}
