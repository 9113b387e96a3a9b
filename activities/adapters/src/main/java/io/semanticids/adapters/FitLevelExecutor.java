package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.balance.BalancedFit;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.FittedLevel;
import io.semanticids.quantize.GatheredRows;
import io.semanticids.quantize.KMeans;
import io.semanticids.quantize.KMeansSettings;
import io.semanticids.quantize.LevelFit;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.workflows.activity.Stage;

/** One level of the "after" codes, fitted on the sample of what the levels before it left. */
final class FitLevelExecutor implements StageExecutor<Stage.FitLevel> {
  @Override
  public int version() {
    return 12;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public int units(StageScope scope, Stage.FitLevel stage) {
    return 1;
  }

  @Override
  public void compute(StageScope scope, Stage.FitLevel stage, int unit, Progress progress) {
    LevelRows level = LevelRows.of(scope, stage.items(), stage.vectors(), stage.previous());
    Codewords initial =
        stage.fit() == null ? null : LevelFiles.level(scope, stage.fit()).codewords();
    long seed = stage.seed() + stage.level();
    if (stage.balance() == null && initial != null) {
      double sigma = LevelFiles.level(scope, stage.fit()).sigma();
      BalancedLevel kept = FitExecutor.unbalanced(initial, level.maxNorm(), sigma);
      LevelFiles.commit(scope, 0, kept::write);
      return;
    }
    Rows sample = level.sample(stage.size(), stage.seed());
    if (stage.balance() == null) {
      Rows copy = GatheredRows.copy(sample, scope.arithmetic(), progress);
      LevelFit fit =
          KMeans.fit(
              copy,
              level.maxNorm(),
              KMeansSettings.of(stage.size(), seed),
              scope.arithmetic(),
              progress);
      LevelFiles.commit(scope, 0, FitExecutor.unbalanced(fit, level.maxNorm())::write);
      return;
    }
    FittedLevel fit =
        BalancedFit.fit(
            sample,
            level.rows(),
            level.trainRows(),
            level.maxNorm(),
            initial,
            Requests.options(stage.balance(), stage.size(), seed),
            scope.arithmetic(),
            progress);
    LevelFiles.commit(scope, 0, fit::write);
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.FitLevel stage, Progress progress) {
    ObjectNode facts = Json.object();
    facts.put("levelPart", 0);
    return facts;
  }
}
