package io.semanticids.adapters;

import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.store.Column;
import java.util.Map;

/** Shards of codes: one int column a level. */
final class CodeFiles {
  private CodeFiles() {}

  /** Commits the codes of a shard, {@code level x row}. */
  static void commit(StageScope scope, int unit, ItemShardInfo shard, int[]... codes) {
    commit(scope, unit, shard.firstRow(), codes);
  }

  /** Commits the codes of rows from {@code firstRow} on, {@code level x row}. */
  static void commit(StageScope scope, int part, long firstRow, int[]... codes) {
    Column[] columns = new Column[codes.length];
    for (int level = 0; level < codes.length; level++) {
      columns[level] = Column.ints(StoredCodes.column(level + 1), codes[level]);
    }
    scope.commit(
        part, codes[0].length, Json.object(), Map.of("firstRow", Long.toString(firstRow)), columns);
  }
}
