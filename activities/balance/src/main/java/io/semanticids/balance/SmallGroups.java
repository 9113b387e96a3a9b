package io.semanticids.balance;

import io.semanticids.quantize.SquaredDistance;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.CostKernel;

/**
 * Balances the rows of small prefixes exactly, many prefixes at a time: their costs are computed in
 * common blocks. Owned by one thread; owns native memory.
 */
public final class SmallGroups implements AutoCloseable {
  private static final long MAX_COSTS = 1L << 22;

  /** Of float32, which each thread holds. */
  private static final long MAX_VALUES = 1L << 24;

  /** Each row that changes its code looks through a part of the others. */
  private static final long MAX_ROWS = 1L << 18;

  private final BalancedLevel level;
  private final int height;
  private final CostKernel kernel;
  private final float[] block;
  private final int[] part;
  private final int[] least;
  private int[] costs = {};

  /** Codewords, fixed point and batch of the level are used, its potentials are not. */
  public SmallGroups(BalancedLevel level, Arithmetic arithmetic) {
    this.level = level;
    this.height = Math.min(level.batch(), BlockPass.height(level.size()));
    this.kernel = arithmetic.costs(level.codewords(), level.scale(), height);
    this.block = new float[Math.multiplyExact(height, level.codewords().dimension())];
    this.part = new int[Math.multiplyExact(height, level.size())];
    this.least = new int[height];
  }

  /** Whether a group of so many rows is small: of up to 2^18 rows, 2^22 costs and 2^24 values. */
  public static boolean small(long rows, int size, int dimension) {
    return rows <= MAX_ROWS && rows * size <= MAX_COSTS && rows * dimension <= MAX_VALUES;
  }

  /**
   * Balances each group by itself. Best called with some thousand rows at a time, or one group.
   *
   * @param rows {@code n x d}, the groups one after another; longer arrays are allowed
   * @param counts how many rows each group has, none of them large; their sum is n
   * @return one a group
   */
  public GroupCodes[] balance(float[] rows, int[] counts) {
    int count = 0;
    for (int rowsOfGroup : counts) {
      if (!small(rowsOfGroup, level.size(), level.codewords().dimension())) {
        throw new IllegalArgumentException(
            "A group of %d rows and %d codes is not small.".formatted(rowsOfGroup, level.size()));
      }
      count = Math.addExact(count, rowsOfGroup);
    }
    compute(rows, count);
    GroupCodes[] groups = new GroupCodes[counts.length];
    int first = 0;
    for (int g = 0; g < groups.length; g++) {
      groups[g] = group(rows, first, counts[g]);
      first += counts[g];
    }
    return groups;
  }

  private void compute(float[] rows, int count) {
    int dimension = level.codewords().dimension();
    int size = level.size();
    int needed = Math.multiplyExact(count, size);
    if (costs.length < needed) {
      costs = new int[needed];
    }
    for (int first = 0; first < count; first += height) {
      int length = Math.min(height, count - first);
      System.arraycopy(rows, first * dimension, block, 0, length * dimension);
      kernel.costs(block, length, part, least);
      System.arraycopy(part, 0, costs, first * size, length * size);
    }
  }

  private GroupCodes group(float[] rows, int first, int count) {
    int size = level.size();
    int dimension = level.codewords().dimension();
    int[] codes = new int[count];
    if (count == 0) {
      return new GroupCodes(codes, Potentials.zero(size, level.scale()), 0, 0, true, 0);
    }
    long squares = 0;
    for (int i = first; i < first + count; i++) {
      squares += level.squares().toFixed(SquaredDistance.fromZero(rows, i * dimension, dimension));
    }
    long[] potentials = new long[size];
    long sum = GroupSolver.solve(costs, first, count, size, codes, potentials);
    double cost = Math.max(0, level.squares().toReal(squares) + level.scale().toReal(sum));
    Potentials rule = Potentials.of(potentials, level.scale());
    return new GroupCodes(codes, rule, cost, cost, true, moved(first, codes, rule));
  }

  /** Rows of equal scores that the rule, which takes the lowest code, would not part. */
  private long moved(int first, int[] codes, Potentials potentials) {
    int[] less = potentials.toInts();
    int[] scores = new int[less.length];
    long moved = 0;
    for (int i = 0; i < codes.length; i++) {
      int code = Least.place(costs, (first + i) * scores.length, less, scores);
      moved += code == codes[i] ? 0 : 1;
    }
    return moved;
  }

  @Override
  public void close() {
    kernel.close();
  }
}
