package io.semanticids.balance;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import org.jspecify.annotations.Nullable;

/** A whole level in one process: fit, two Newton passes, repair, codes. */
public final class LevelBalancer {
  private LevelBalancer() {}

  /**
   * The end of a level.
   *
   * @param codes one a row
   * @param level under the final potentials: the rule for new rows
   * @param repair the accepted repair
   * @param attempts of the repair
   */
  public record LevelCodes(int[] codes, BalancedLevel level, RepairResult repair, int attempts) {}

  /** Balances all rows. */
  public static LevelCodes balance(
      Rows rows,
      double maxRowNorm,
      @Nullable Codewords initial,
      BalanceOptions options,
      RepairOptions repair,
      Arithmetic arithmetic,
      Progress progress) {
    throw Pending.error();
  }
}
