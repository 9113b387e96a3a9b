package io.semanticids.adapters;

import io.semanticids.balance.BalanceOptions;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.GroupCodes;
import io.semanticids.balance.LargeGroup;
import io.semanticids.quantize.ExactSums;
import io.semanticids.quantize.SampleRows;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Balances large prefixes. Several side by side, since the repair of each is one thread's work: as
 * many as there are threads and {@link #SIDE_BY_SIDE_BYTES} allow. Rows, which are read four times
 * and more, are gathered in memory first; a prefix of more than the bound is read where it lies
 * each time.
 */
final class LargeGroups {
  /** What the prefixes that are balanced side by side may take together, about. */
  private static final long SIDE_BY_SIDE_BYTES = 1L << 30;

  /** Of a prefix: what a repair holds of each row and of each pair of codes, about. */
  private static final long ROW_BYTES = 512;

  private static final long PAIR_BYTES = 64;

  /** Larger prefixes are not gathered: 512 MB, as many values as fit well in one array. */
  static final long GATHERED_BYTES = 1L << 29;

  private static final int BLOCK = 1_024;

  private final SortedRows rows;
  private final BalancedLevel start;
  private final Arithmetic arithmetic;
  private final long gatheredBytes;
  private final Progress progress;

  LargeGroups(
      SortedRows rows,
      BalancedLevel start,
      Arithmetic arithmetic,
      long gatheredBytes,
      Progress progress) {
    this.rows = rows;
    this.start = start;
    this.arithmetic = arithmetic;
    this.gatheredBytes = gatheredBytes;
    this.progress = progress;
  }

  /**
   * Balances these prefixes.
   *
   * @param exactly as {@link LargeGroup#balance} has it
   * @param codes receives those of each of these prefixes, at its number
   * @return the sums of the vectors, by their new codes
   */
  ExactSums balance(
      int[] groups,
      BalanceOptions options,
      boolean exactly,
      GroupCodes[] codes,
      Supplier<ExactSums> sums) {
    int together = together(groups);
    SharedThreads threads = new SharedThreads(arithmetic, together);
    return ParallelBlocks.run(
        together,
        groups.length,
        1,
        share -> {
          ExactSums own = sums.get();
          float[][] values = {{}};
          try {
            share.forEach(
                (number, one) -> {
                  int group = groups[(int) number];
                  Rows all = rows(group, threads.threads(), values);
                  codes[group] =
                      LargeGroup.balance(
                          all, start, options, exactly, threads, read -> progress.advanced(0));
                  add(all, codes[group].codes(), own);
                  progress.advanced(rows.count(group));
                });
          } finally {
            threads.leave();
          }
          return own;
        },
        ExactSums::merge);
  }

  /** The rows of a prefix; {@code values[0]} grows, and holds them until the next prefix comes. */
  private Rows rows(int group, int threads, float[][] values) {
    long count = (long) rows.count(group) * rows.dimension();
    if (count * Float.BYTES > gatheredBytes) {
      return rows.rows(group);
    }
    if (values[0].length < count) {
      values[0] = new float[(int) count];
    }
    return rows.gather(group, threads, values[0]);
  }

  private int together(int[] groups) {
    long most = Arrays.stream(groups).mapToLong(this::bytes).max().orElse(1);
    return (int)
        Math.max(
            1, Math.min(Math.min(groups.length, arithmetic.threads()), SIDE_BY_SIDE_BYTES / most));
  }

  /** About what a prefix takes: its rows, its sample with costs, the lists of its repair. */
  private long bytes(int group) {
    long count = rows.count(group);
    int dimension = rows.dimension();
    int size = start.size();
    long sample = SampleRows.size(count, size, dimension);
    return Math.min(gatheredBytes, count * dimension * Float.BYTES)
        + sample * (dimension + size) * Float.BYTES
        + count * ROW_BYTES
        + PAIR_BYTES * size * size;
  }

  private static void add(Rows all, int[] codes, ExactSums sums) {
    int dimension = all.dimension();
    float[] block = new float[Math.multiplyExact(BLOCK, dimension)];
    for (int first = 0; first < codes.length; first += BLOCK) {
      int count = Math.min(BLOCK, codes.length - first);
      all.read(first, count, block);
      for (int i = 0; i < count; i++) {
        sums.add(codes[first + i], block, i * dimension);
      }
    }
  }
}
