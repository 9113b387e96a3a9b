package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.balance.Assign;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.RepairResult;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Stage;

/**
 * Every row's code at one level. Training rows: the start potentials of the repair, then its moves.
 * Test rows: the final potentials, the rule for every later item.
 */
final class AssignExecutor implements StageExecutor<Stage.Assign> {
  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public int units(StageScope scope, Stage.Assign stage) {
    return scope.items(stage.items()).shards().size();
  }

  @Override
  public long rows(StageScope scope, Stage.Assign stage) {
    return scope.items(stage.items()).rows();
  }

  @Override
  public void compute(StageScope scope, Stage.Assign stage, int unit, Progress progress) {
    LevelRows rows = LevelRows.of(scope, stage.items(), stage.vectors(), stage.previous());
    ItemShardInfo shard = scope.items(stage.items()).shard(unit);
    RepairResult repair = stage.repair() == null ? null : LevelFiles.repair(scope, stage.repair());
    BalancedLevel level = LevelFiles.level(scope, stage.codewords());
    if (repair != null && shard.test()) {
      level = level.withPotentials(repair.potentials());
    }
    int[] codes = new int[shard.rows()];
    Assign.codes(
        rows.rows(), shard.firstRow(), shard.rows(), level, codes, scope.arithmetic(), progress);
    if (repair != null && !shard.test()) {
      repair.override(shard.firstRow(), shard.rows(), codes);
    }
    CodeFiles.commit(scope, unit, shard, codes);
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Assign stage, Progress progress) {
    return Json.object();
  }
}
