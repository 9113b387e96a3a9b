package io.semanticids.adapters;

import io.semanticids.adapters.Items.ItemShardInfo;
import java.util.List;

/**
 * How a pass over training rows is cut into units: contiguous shards, few enough for their sums to
 * stay small.
 */
final class Units {
  /** Each unit of a reduction commits sums of K x K numbers. */
  private static final int MAX_REDUCED = 32;

  private Units() {}

  /** A contiguous range of rows. */
  record RowRange(long first, long count) {}

  /** Units of a reduction over training rows. */
  static int reduced(Items items) {
    return Math.min(MAX_REDUCED, train(items).size());
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
