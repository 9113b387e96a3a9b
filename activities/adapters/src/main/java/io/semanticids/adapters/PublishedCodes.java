package io.semanticids.adapters;

import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.publish.CodeBlock;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Stage;
import java.util.Iterator;

/** The codes that a run publishes: "after" where a level is balanced, else "before". */
final class PublishedCodes {
  private final StageScope scope;
  private final Stage.Publish stage;
  private final Items items;
  private final StoredCodes codes;
  private final int levels;

  PublishedCodes(StageScope scope, Stage.Publish stage) {
    this.scope = scope;
    this.stage = stage;
    this.items = scope.items(stage.items());
    this.levels = stage.fits().size();
    this.codes =
        stage.after().isEmpty()
            ? StoredCodes.before(scope, stage.items(), stage.before(), levels)
            : StoredCodes.of(scope, stage.items(), stage.after());
  }

  /** All items in row order, a shard at a time. */
  Iterator<CodeBlock> blocks(Progress progress) {
    Iterator<ItemShardInfo> shards = items.shards().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return shards.hasNext();
      }

      @Override
      public CodeBlock next() {
        ItemShardInfo shard = shards.next();
        progress.advanced(shard.rows());
        int[][] read = new int[levels][shard.rows()];
        for (int level = 0; level < levels; level++) {
          codes.read(shard.firstRow(), shard.rows(), level, read[level]);
        }
        return new CodeBlock(items.part(shard).texts("id"), shard.test() ? "test" : "train", read);
      }
    };
  }

  /** Codes of all training rows, {@code level x row}. */
  int[][] train() {
    return EvaluateExecutor.all(scope, items, codes, levels, false);
  }

  /** Codes of all training rows before balancing. */
  int[][] trainBefore() {
    return EvaluateExecutor.all(
        scope,
        items,
        StoredCodes.before(scope, stage.items(), stage.before(), levels),
        levels,
        false);
  }
}
