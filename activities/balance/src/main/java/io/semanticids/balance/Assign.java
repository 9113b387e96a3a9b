package io.semanticids.balance;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;

/** Codes of rows under potentials. */
public final class Assign {
  private Assign() {}

  /**
   * The code of each row. Training rows: {@code level} is the start of the repair and {@link
   * RepairResult#override} follows. Test rows and all later ones: {@code
   * level.withPotentials(repair.potentials())}.
   *
   * @param target receives {@code count} codes
   */
  public static void codes(
      Rows rows,
      long first,
      int count,
      BalancedLevel level,
      int[] target,
      Arithmetic arithmetic,
      Progress progress) {
    BlockPass.run(
        arithmetic,
        rows,
        first,
        count,
        level.codewords(),
        level.scale(),
        level.potentials().toInts(),
        level.batch(),
        () -> target,
        (codes, firstRow, height, values, scores, least) ->
            CostKernel.nearest(
                scores, least, height, level.size(), codes, (int) (firstRow - first)),
        (one, other) -> one,
        progress);
  }
}
