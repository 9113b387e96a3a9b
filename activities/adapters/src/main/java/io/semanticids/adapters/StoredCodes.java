package io.semanticids.adapters;

import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.quantize.CodeReader;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The codes of all rows at finished levels, read from their shards. */
final class StoredCodes implements CodeReader {
  /** Where a level's codes lie. */
  private record Column(Artifact artifact, String name) {}

  private final StageScope scope;
  private final Items items;
  private final List<Column> columns;
  private final Map<Column, StoredPart[]> parts = new HashMap<>();

  private StoredCodes(StageScope scope, Items items, List<Column> columns) {
    this.scope = scope;
    this.items = items;
    this.columns = columns;
  }

  /** The "after" codes of these levels. */
  static StoredCodes of(StageScope scope, Artifact items, List<Level> levels) {
    return new StoredCodes(
        scope,
        scope.items(items),
        levels.stream().map(level -> new Column(level.codes(), column(1))).toList());
  }

  /** The "before" codes: all levels in one artifact. */
  static StoredCodes before(StageScope scope, Artifact items, Artifact codes, int levels) {
    return new StoredCodes(
        scope,
        scope.items(items),
        IntStream.rangeClosed(1, levels)
            .mapToObj(level -> new Column(codes, column(level)))
            .toList());
  }

  /** The column that holds the codes of a level. */
  static String column(int level) {
    return "code-" + level;
  }

  @Override
  public void read(long first, int count, int level, int[] target) {
    int done = 0;
    while (done < count) {
      ItemShardInfo shard = items.shardOf(first + done);
      int inShard = (int) (first + done - shard.firstRow());
      int here = Math.min(count - done, shard.rows() - inShard);
      int[] codes = new int[here];
      part(columns.get(level), shard).ints(columns.get(level).name(), inShard, here, codes);
      System.arraycopy(codes, 0, target, done, here);
      done += here;
    }
  }

  private synchronized StoredPart part(Column column, ItemShardInfo shard) {
    StoredPart[] known =
        parts.computeIfAbsent(column, key -> new StoredPart[items.shards().size()]);
    if (known[shard.index()] == null) {
      known[shard.index()] = scope.part(column.artifact(), shard.index());
    }
    return known[shard.index()];
  }
}
