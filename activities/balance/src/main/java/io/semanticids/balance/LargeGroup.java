package io.semanticids.balance;

import io.semanticids.quantize.GatheredRows;
import io.semanticids.quantize.SampleRows;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;

/** Balances the rows of one prefix that is too large for {@link SmallGroups}. */
public final class LargeGroup {
  private LargeGroup() {}

  /**
   * Balances a group as a level in memory.
   *
   * @param group the rows of the prefix
   * @param level codewords, fixed point, sigma, tau and batch are used, its potentials are not
   * @param progress told of the passes
   */
  public static GroupCodes balance(
      Rows group,
      BalancedLevel level,
      BalanceOptions options,
      Arithmetic arithmetic,
      Progress progress) {
    long sampled = SampleRows.size(group.count(), level.size(), group.dimension());
    Rows sample =
        GatheredRows.copy(
            new GatheredRows(group, SampleRows.of(group.count(), sampled, options.seed())));
    FittedLevel fitted =
        BalancedFit.potentials(sample, group.count(), level, options, arithmetic, progress);
    LevelBalancer.LevelCodes balanced =
        LevelBalancer.balance(group, fitted, RepairOptions.DEFAULT, arithmetic, progress);
    RepairResult repair = balanced.repair();
    return new GroupCodes(
        balanced.codes(),
        repair.potentials(),
        repair.cost(),
        repair.lowerBound(),
        repair.optimal(),
        repair.moved());
  }
}
