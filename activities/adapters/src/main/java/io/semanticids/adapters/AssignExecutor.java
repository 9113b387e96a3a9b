package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.balance.Assign;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.RepairResult;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Stage;

/**
 * Every row's code at one level. Training rows: as the repair met them, then its moves. Test rows:
 * the final potentials, the rule for every later item.
 */
final class AssignExecutor implements StageExecutor<Stage.Assign> {
  @Override
  public int version() {
    return 2;
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
    ItemShardInfo shard = scope.items(stage.items()).shard(unit);
    int[] codes = new int[shard.rows()];
    RepairResult repair = stage.repair() == null ? null : LevelFiles.repair(scope, stage.repair());
    if (repair != null && !shard.test()) {
      RepairExecutor.readCodes(scope, stage.items(), stage.repair(), shard.firstRow(), codes);
      repair.override(shard.firstRow(), shard.rows(), codes);
      progress.advanced(shard.rows());
    } else {
      BalancedLevel start = LevelFiles.level(scope, stage.codewords());
      LevelRows rows = LevelRows.of(scope, stage.items(), stage.vectors(), stage.previous());
      Assign.codes(
          rows.rows(),
          shard.firstRow(),
          shard.rows(),
          repair == null ? start : start.withPotentials(repair.potentials()),
          codes,
          scope.arithmetic(),
          progress);
    }
    CodeFiles.commit(scope, unit, shard, codes);
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Assign stage, Progress progress) {
    if (stage.repair() != null) {
      RepairExecutor.deleteMoves(scope, stage.items(), stage.repair());
    }
    return Json.object();
  }
}
