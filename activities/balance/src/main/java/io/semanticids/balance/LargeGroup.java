package io.semanticids.balance;

import io.semanticids.quantize.GatheredRows;
import io.semanticids.quantize.SampleRows;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import org.jspecify.annotations.Nullable;

/** Balances the rows of one prefix that is too large for {@link SmallGroups}. */
public final class LargeGroup {
  private static final double UNEVEN = 0.02;

  private LargeGroup() {}

  /**
   * Balances a group as a level in memory.
   *
   * @param group the rows of the prefix
   * @param level codewords, fixed point, sigma, tau and batch are used, its potentials are not; tau
   *     shrinks or grows with the group's own sigma
   * @param exactly false: means alone are wanted, so loads may be as even as potentials make them;
   *     where these leave more than one row in fifty too many, loads are exact all the same
   * @param progress told of the passes
   */
  public static GroupCodes balance(
      Rows group,
      BalancedLevel level,
      BalanceOptions options,
      boolean exactly,
      Arithmetic arithmetic,
      Progress progress) {
    long sampled = SampleRows.size(group.count(), level.size(), group.dimension());
    Rows sample =
        GatheredRows.copy(
            new GatheredRows(group, SampleRows.of(group.count(), sampled, options.seed())),
            arithmetic,
            progress);
    FittedLevel fitted =
        BalancedFit.potentials(sample, group.count(), level, options, arithmetic, progress);
    // One step: the sample is a large part of the group.
    FittedLevel corrected =
        NewtonStep.apply(
            SoftLoads.collect(group, 0, group.count(), fitted.level(), arithmetic, progress),
            fitted);
    if (!exactly) {
      GroupCodes nearly = nearly(group, corrected.level(), arithmetic, progress);
      if (nearly != null) {
        return nearly;
      }
    }
    LevelBalancer.LevelCodes balanced =
        LevelBalancer.repair(group, corrected, RepairOptions.DEFAULT, arithmetic, progress);
    RepairResult repair = balanced.repair();
    return new GroupCodes(
        balanced.codes(),
        repair.potentials(),
        repair.cost(),
        repair.lowerBound(),
        repair.optimal(),
        repair.moved());
  }

  /** The codes under the potentials; null where their loads are not nearly even. */
  private static @Nullable GroupCodes nearly(
      Rows group, BalancedLevel level, Arithmetic arithmetic, Progress progress) {
    int[] codes = new int[Math.toIntExact(group.count())];
    Moves moves =
        Moves.collect(group, 0, codes, level, RepairPlan.none(level.size()), arithmetic, progress);
    long[] capacities = Capacities.of(moves.loads());
    if (Capacities.excess(moves.loads()) > UNEVEN * codes.length) {
      return null;
    }
    double cost = cost(moves, level, moves.loads());
    return new GroupCodes(
        codes, level.potentials(), cost, Math.min(cost, cost(moves, level, capacities)), false, 0);
  }

  /** Of an assignment with these loads in which every row has the code that the potentials give. */
  private static double cost(Moves moves, BalancedLevel level, long[] loads) {
    return new Repair.Sums(moves, level, level.potentials().dot(loads)).real(0);
  }
}
