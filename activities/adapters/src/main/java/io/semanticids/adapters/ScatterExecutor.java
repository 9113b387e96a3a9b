package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Stage;

/**
 * Codes of one level, balanced inside prefixes, in row order. Training rows: as {@code group} found
 * them. Test rows: the nearest code under their prefix's potentials.
 */
final class ScatterExecutor implements StageExecutor<Stage.Scatter> {
  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public int units(StageScope scope, Stage.Scatter stage) {
    return scope.items(stage.items()).shards().size();
  }

  @Override
  public long rows(StageScope scope, Stage.Scatter stage) {
    return scope.items(stage.items()).rows();
  }

  @Override
  public void compute(StageScope scope, Stage.Scatter stage, int unit, Progress progress) {
    ItemShardInfo shard = scope.items(stage.items()).shard(unit);
    int[] codes =
        shard.test() ? test(scope, stage, shard, progress) : train(scope, stage, shard, progress);
    CodeFiles.commit(scope, unit, shard, codes);
  }

  private static int[] train(
      StageScope scope, Stage.Scatter stage, ItemShardInfo shard, Progress progress) {
    int[] codes = new int[shard.rows()];
    int units = scope.facts(stage.group()).path("units").asInt();
    for (int unit = 0; unit < units; unit++) {
      StoredPart part = scope.part(stage.group(), unit);
      long rows = part.marker().rows();
      long from = firstAtLeast(part, rows, shard.firstRow());
      long to = firstAtLeast(part, rows, shard.firstRow() + shard.rows());
      int count = (int) (to - from);
      long[] row = new long[count];
      int[] code = new int[count];
      part.longs("row", from, count, row);
      part.ints("code", from, count, code);
      for (int i = 0; i < count; i++) {
        codes[(int) (row[i] - shard.firstRow())] = code[i];
      }
      progress.advanced(count);
    }
    return codes;
  }

  /** The first position whose row is {@code row} or a later one. */
  private static long firstAtLeast(StoredPart part, long rows, long row) {
    long low = 0;
    long high = rows;
    long[] value = new long[1];
    while (low < high) {
      long middle = (low + high) >>> 1;
      part.longs("row", middle, 1, value);
      if (value[0] < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int[] test(
      StageScope scope, Stage.Scatter stage, ItemShardInfo shard, Progress progress) {
    LevelRows rows = LevelRows.of(scope, stage.items(), stage.vectors(), stage.previous());
    BalancedLevel level = LevelFiles.level(scope, stage.group());
    StoredCodes previous = StoredCodes.of(scope, stage.items(), stage.previous());
    Prefixes prefixes = Prefixes.of(LevelFiles.codewords(scope, stage.previous()));
    int[] prefix = prefixes.read(previous, shard.firstRow(), shard.rows());
    GroupParts.PrefixPotentials potentials =
        GroupParts.potentials(scope, stage.group(), level.size());
    int[] codes = new int[shard.rows()];
    int size = level.size();
    BlockPass.run(
        scope.arithmetic(),
        rows.rows(),
        shard.firstRow(),
        shard.rows(),
        level.codewords(),
        level.scale(),
        level.batch(),
        () -> new long[size],
        (g, first, count, block, costs, least) -> {
          for (int i = 0; i < count; i++) {
            int row = (int) (first - shard.firstRow()) + i;
            potentials.read(prefix[row], g);
            codes[row] = nearest(costs, i * size, g);
          }
        },
        (a, b) -> a,
        progress);
    return codes;
  }

  /** The code of least cost less potential; ties to the lowest. */
  static int nearest(int[] costs, int offset, long[] potentials) {
    int best = 0;
    for (int k = 1; k < potentials.length; k++) {
      if (costs[offset + k] - potentials[k] < costs[offset + best] - potentials[best]) {
        best = k;
      }
    }
    return best;
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Scatter stage, Progress progress) {
    // No round follows. Before the manifest: whoever finds that has nothing more to delete.
    new ShuffleExecutor()
        .delete(scope, new Stage.Shuffle(stage.items(), stage.vectors(), stage.previous()));
    return Json.object();
  }
}
