package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.adapters.Units.RowRange;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.FittedLevel;
import io.semanticids.balance.NewtonStep;
import io.semanticids.balance.SoftLoads;
import io.semanticids.balance.StridedRows;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Stage;

/** One Newton step on all training rows: soft loads a unit, then the step. */
final class SoftLoadsExecutor implements StageExecutor<Stage.SoftLoads> {
  @Override
  public int version() {
    return 7;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public int units(StageScope scope, Stage.SoftLoads stage) {
    return Units.reduced(scope.items(stage.items()));
  }

  @Override
  public long rows(StageScope scope, Stage.SoftLoads stage) {
    int size = LevelFiles.level(scope, stage.codewords()).size();
    return SoftLoads.chosen(scope.items(stage.items()).trainRows(), size);
  }

  @Override
  public void compute(StageScope scope, Stage.SoftLoads stage, int unit, Progress progress) {
    LevelRows rows = LevelRows.of(scope, stage.items(), stage.vectors(), stage.previous());
    RowRange range = Units.rows(scope.items(stage.items()), unit);
    BalancedLevel level = LevelFiles.level(scope, stage.codewords());
    StridedRows some = SoftLoads.rows(rows.rows(), rows.trainRows(), level.size());
    long first = some.before(range.first());
    SoftLoads sums =
        SoftLoads.collect(
            some,
            first,
            some.before(range.first() + range.count()) - first,
            level,
            scope.arithmetic(),
            progress);
    LevelFiles.commit(scope, unit, sums::write);
  }

  @Override
  public boolean scratch() {
    return true;
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.SoftLoads stage, Progress progress) {
    int units = units(scope, stage);
    SoftLoads all = LevelFiles.read(scope, scope.artifact(), 0, SoftLoads::read);
    for (int unit = 1; unit < units; unit++) {
      all = all.merge(LevelFiles.read(scope, scope.artifact(), unit, SoftLoads::read));
      progress.advanced(0);
    }
    FittedLevel fitted = LevelFiles.fitted(scope, stage.codewords());
    FittedLevel next = NewtonStep.apply(all, fitted);
    LevelFiles.commit(scope, units, next::write);
    ObjectNode facts = Json.object();
    facts.put("levelPart", units);
    return facts;
  }
}
