package io.semanticids.adapters;

import io.semanticids.adapters.Items.ItemShardInfo;
import java.util.List;

/**
 * How a pass over training rows is cut into units: contiguous shards, few enough for their sums to
 * stay small.
 */
final class Units {
  /** Each unit of a reduction commits sums of K x K numbers, or lists of many moves. */
  private static final int MAX_REDUCED = 32;

  /** For as many workers, where rows are few. */
  private static final int MIN_REDUCED = 4;

  /** Fewer rows than these take less time than their sums. */
  private static final long ROWS = 1 << 18;

  private Units() {}

  /** A contiguous range of rows. */
  record RowRange(long first, long count) {}

  /** Units of a reduction over training rows. */
  static int reduced(Items items) {
    long wanted = Math.max(MIN_REDUCED, Math.min(MAX_REDUCED, items.trainRows() / ROWS));
    return (int) Math.min(wanted, train(items).size());
  }

  /** The rows of one unit of a reduction. */
  static RowRange rows(Items items, int unit) {
    List<ItemShardInfo> shards = train(items);
    int units = reduced(items);
    int from = (int) ((long) shards.size() * unit / units);
    int to = (int) ((long) shards.size() * (unit + 1) / units);
    long first = shards.get(from).firstRow();
    ItemShardInfo last = shards.get(to - 1);
    return new RowRange(first, last.firstRow() + last.rows() - first);
  }

  private static List<ItemShardInfo> train(Items items) {
    return items.shards().stream().filter(shard -> !shard.test()).toList();
  }
}
