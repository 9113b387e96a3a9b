package io.semanticids.balance;

import io.semanticids.quantize.GatheredRows;
import io.semanticids.quantize.SampleRows;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;

/** Balances the rows of one prefix. Small groups take one thread: callers run many at once. */
public final class GroupBalancer {
  private static final long SMALL = 1L << 22;
  private static final int SMALL_ROWS = 4_096;

  private GroupBalancer() {}

  /**
   * Groups of up to 4,096 rows and 2^22 costs exactly, larger ones as a level in memory.
   *
   * @param group the rows of the prefix; may be empty
   * @param level codewords, fixed point, sigma, tau and batch are used, its potentials are not
   * @param progress told of the passes over a large group
   */
  public static GroupCodes balance(
      Rows group,
      BalancedLevel level,
      BalanceOptions options,
      Arithmetic arithmetic,
      Progress progress) {
    return group.count() <= SMALL_ROWS && group.count() * level.size() <= SMALL
        ? small(group, level, arithmetic)
        : large(group, level, options, arithmetic, progress);
  }

  private static GroupCodes small(Rows group, BalancedLevel level, Arithmetic arithmetic) {
    int count = (int) group.count();
    int size = level.size();
    int dimension = group.dimension();
    int[] codes = new int[count];
    long[] potentials = new long[size];
    if (count == 0) {
      return new GroupCodes(codes, Potentials.zero(size, level.scale()), 0, 0, true, 0);
    }
    int height = Math.min(count, level.batch());
    float[] block = new float[Math.multiplyExact(height, dimension)];
    int[] costs = new int[count * size];
    int[] part = new int[height * size];
    long squares = 0;
    try (CostKernel kernel = arithmetic.costs(level.codewords(), level.scale(), height)) {
      for (int first = 0; first < count; first += height) {
        int length = Math.min(height, count - first);
        group.read(first, length, block);
        kernel.costs(block, length, part);
        System.arraycopy(part, 0, costs, first * size, length * size);
        for (int i = 0; i < length; i++) {
          squares += level.squares().toFixed(RowScores.square(block, i * dimension, dimension));
        }
      }
    }
    long sum = GroupSolver.solve(costs, count, size, codes, potentials);
    double cost = Math.max(0, level.squares().toReal(squares) + level.scale().toReal(sum));
    Potentials rule = Potentials.of(potentials, level.scale());
    return new GroupCodes(codes, rule, cost, cost, true, moved(costs, codes, rule));
  }

  /** Rows of equal scores that the rule, which takes the lowest code, would not part. */
  private static long moved(int[] costs, int[] codes, Potentials potentials) {
    RowScores scores = new RowScores(potentials);
    long moved = 0;
    for (int i = 0; i < codes.length; i++) {
      moved += scores.best(costs, i * potentials.size()) == codes[i] ? 0 : 1;
    }
    return moved;
  }

  private static GroupCodes large(
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
