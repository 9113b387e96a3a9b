package io.semanticids.adapters;

import io.semanticids.balance.BalanceOptions;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.GroupCodes;
import io.semanticids.balance.SmallGroups;
import io.semanticids.quantize.ExactSums;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Balances each of a range of prefixes, and sums the vectors of each code. Large groups first; then
 * the others, some thousand rows of them on each thread.
 */
final class Groups {
  /** So many rows of small groups are taken together; groups are not parted. */
  private static final int TOGETHER = 2_048;

  private final SortedRows rows;
  private final BalancedLevel start;
  private final double maxNorm;
  private final Arithmetic arithmetic;
  private final long gatheredBytes;
  private final Progress progress;
  private final GroupCodes[] codes;
  private ExactSums sums;

  /** Larger prefixes than {@code gatheredBytes} are not gathered in memory. */
  Groups(
      SortedRows rows,
      BalancedLevel start,
      double maxNorm,
      Arithmetic arithmetic,
      long gatheredBytes,
      Progress progress) {
    this.rows = rows;
    this.start = start;
    this.maxNorm = maxNorm;
    this.arithmetic = arithmetic;
    this.gatheredBytes = gatheredBytes;
    this.progress = progress;
    this.codes = new GroupCodes[rows.groups()];
    this.sums = noSums();
  }

  /** Small groups that are taken together: {@code [from, to)}, of so many rows. */
  private record Batch(int from, int to, int rows) {}

  /** {@code exactly} as {@link LargeGroups#balance} has it; small groups always are. */
  Groups balance(BalanceOptions options, boolean exactly) {
    int[] large = IntStream.range(0, codes.length).filter(g -> !small(g)).toArray();
    sums =
        new LargeGroups(rows, start, arithmetic, gatheredBytes, progress)
            .balance(large, options, exactly, codes, this::noSums);
    List<Batch> batches = batches();
    sums =
        sums.merge(
            ParallelBlocks.run(
                arithmetic.threads(),
                batches.size(),
                1,
                blocks -> {
                  ExactSums own = noSums();
                  try (SmallGroups groups = new SmallGroups(start, arithmetic)) {
                    blocks.forEach((batch, one) -> small(batches.get((int) batch), groups, own));
                  }
                  return own;
                },
                ExactSums::merge));
    return this;
  }

  GroupCodes codes(int group) {
    return codes[group];
  }

  /** Of all vectors, by their new codes. */
  ExactSums sums() {
    return sums;
  }

  private ExactSums noSums() {
    return new ExactSums(start.size(), start.codewords().dimension(), maxNorm);
  }

  private boolean small(int group) {
    return SmallGroups.small(rows.count(group), start.size(), start.codewords().dimension());
  }

  private List<Batch> batches() {
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < codes.length; ) {
      int to = from;
      int count = 0;
      while (to < codes.length && small(to) && (to == from || count + rows.count(to) <= TOGETHER)) {
        count += rows.count(to++);
      }
      if (to > from) {
        batches.add(new Batch(from, to, count));
      }
      from = Math.max(to, from + 1);
    }
    return batches;
  }

  private void small(Batch batch, SmallGroups groups, ExactSums sums) {
    int dimension = start.codewords().dimension();
    float[] block = new float[Math.multiplyExact(batch.rows, dimension)];
    int[] counts = new int[batch.to - batch.from];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = rows.count(batch.from + i);
    }
    rows.read(batch.from, batch.to, block);
    GroupCodes[] balanced = groups.balance(block, counts);
    int at = 0;
    for (int i = 0; i < balanced.length; i++) {
      codes[batch.from + i] = balanced[i];
      for (int code : balanced[i].codes()) {
        sums.add(code, block, at);
        at += dimension;
      }
    }
    progress.advanced(batch.rows);
  }
}
