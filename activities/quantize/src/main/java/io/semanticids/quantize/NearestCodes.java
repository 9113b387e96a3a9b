package io.semanticids.quantize;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The nearest codeword at each level, of what the levels before left; ties go to the lowest code.
 */
public final class NearestCodes {
  /** Of a block: what a kernel makes of it should stay in the cache. */
  private static final int HEIGHT = 1_024;

  private NearestCodes() {}

  /**
   * The scale of costs at each level: a function of the largest row norm and the codewords, not of
   * the rows at hand.
   */
  public static List<CostScale> scales(double maxRowNorm, List<Codewords> levels) {
    List<CostScale> scales = new ArrayList<>();
    for (int l = 0; l < levels.size(); l++) {
      scales.add(CostScale.of(Residuals.maxNorm(maxRowNorm, levels.subList(0, l)), levels.get(l)));
    }
    return List.copyOf(scales);
  }

  /**
   * Encodes the rows {@code [first, first + count)} in one pass.
   *
   * @param maxRowNorm the largest norm of any row, the same for all ranges that are to be encoded
   *     alike
   * @param codes gets the codes: {@code level x row}, row {@code first} at index 0
   */
  public static void encode(
      Rows rows,
      long first,
      int count,
      List<Codewords> levels,
      double maxRowNorm,
      Arithmetic math,
      int[][] codes,
      Progress progress) {
    Objects.checkFromIndexSize(first, count, rows.count());
    List<CostScale> scales = scales(maxRowNorm, levels);
    int largest = levels.stream().mapToInt(Codewords::size).max().orElse(1);
    int height = Math.min(HEIGHT, BlockPass.height(largest));
    int most = Math.min(height, Math.max(1, count));
    ParallelBlocks.run(
        math.threads(),
        count,
        height,
        blocks -> {
          float[] block = new float[Math.multiplyExact(most, rows.dimension())];
          int[] costs = new int[Math.multiplyExact(most, largest)];
          int[] least = new int[most];
          try (LevelKernels kernels = LevelKernels.open(math, levels, scales, height)) {
            blocks.forEach(
                (start, length) -> {
                  rows.read(first + start, length, block);
                  for (int l = 0; l < levels.size(); l++) {
                    Codewords codewords = levels.get(l);
                    kernels.get(l).costs(block, length, costs, least);
                    CostKernel.nearest(
                        costs, least, length, codewords.size(), codes[l], (int) start);
                    Residuals.subtract(codewords, codes[l], (int) start, length, block);
                  }
                  progress.advanced(length);
                });
          }
          return codes;
        },
        (one, other) -> one);
  }
}
