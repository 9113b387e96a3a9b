package io.semanticids.balance;

import io.semanticids.quantize.GatheredRows;
import io.semanticids.quantize.SampleRows;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import org.jspecify.annotations.Nullable;

/** A whole level in one process: fit, two Newton passes, repair, codes. */
public final class LevelBalancer {
  private static final int NEWTON_PASSES = 2;

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

  /**
   * Balances all rows: fewer than 2^31.
   *
   * @param maxRowNorm no row is longer
   * @param initial centroids to start from; null: k-means on the sample first
   */
  public static LevelCodes balance(
      Rows rows,
      double maxRowNorm,
      @Nullable Codewords initial,
      BalanceOptions options,
      RepairOptions repair,
      Arithmetic arithmetic,
      Progress progress) {
    long sampled = SampleRows.size(rows.count(), options.size(), rows.dimension());
    Rows sample = new GatheredRows(rows, SampleRows.of(rows.count(), sampled, options.seed()));
    FittedLevel fitted =
        BalancedFit.fit(
            sample, rows, rows.count(), maxRowNorm, initial, options, arithmetic, progress);
    return balance(rows, fitted, repair, arithmetic, progress);
  }

  /** Balances all rows, of which a sample was fitted. */
  public static LevelCodes balance(
      Rows rows,
      FittedLevel fitted,
      RepairOptions options,
      Arithmetic arithmetic,
      Progress progress) {
    StridedRows some = SoftLoads.rows(rows, rows.count(), fitted.level().size());
    FittedLevel stepped = fitted;
    for (int pass = 0; pass < NEWTON_PASSES; pass++) {
      SoftLoads all =
          SoftLoads.collect(some, 0, some.count(), stepped.level(), arithmetic, progress);
      stepped = NewtonStep.apply(all, stepped);
    }
    return repair(rows, stepped, options, arithmetic, progress);
  }

  /** Makes the loads under the level's potentials exact. */
  static LevelCodes repair(
      Rows rows,
      FittedLevel fitted,
      RepairOptions options,
      Arithmetic arithmetic,
      Progress progress) {
    int[] codes = new int[Math.toIntExact(rows.count())];
    BalancedLevel level = fitted.level();
    Moves moves = Moves.collect(rows, 0, codes, level, fitted.repair(), arithmetic, progress);
    long[] capacities = Capacities.of(moves.loads());
    int attempt = 1;
    RepairResult result = Repair.solve(moves, level, capacities, attempt, options, progress);
    while (result.next().isPresent()) {
      RepairPlan plan = result.next().get();
      moves = moves.with(Moves.renew(rows, 0, codes, level, plan, arithmetic, progress));
      attempt++;
      result = Repair.solve(moves, level, capacities, attempt, options, progress);
    }
    if (!result.exact()) {
      result =
          LastResort.solve(
              rows,
              rows.count(),
              level,
              result.capacities(),
              result.lowerBound(),
              arithmetic,
              progress);
    }
    result.override(0, codes.length, codes);
    return new LevelCodes(codes, level.withPotentials(result.potentials()), result, attempt);
  }
}
