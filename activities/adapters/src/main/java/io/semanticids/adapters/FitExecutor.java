package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.Potentials;
import io.semanticids.quantize.CodeReader;
import io.semanticids.quantize.GatheredRows;
import io.semanticids.quantize.KMeans;
import io.semanticids.quantize.KMeansSettings;
import io.semanticids.quantize.LevelFit;
import io.semanticids.quantize.NearestCodes;
import io.semanticids.quantize.Residuals;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.workflows.activity.Stage;
import java.util.List;

/** The unbalanced codebook of one level, on the sample's residuals under nearest codewords. */
final class FitExecutor implements StageExecutor<Stage.Fit> {
  @Override
  public int version() {
    return 7;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public int units(StageScope scope, Stage.Fit stage) {
    return 1;
  }

  @Override
  public void compute(StageScope scope, Stage.Fit stage, int unit, Progress progress) {
    LevelRows vectors = LevelRows.of(scope, stage.items(), stage.vectors(), List.of());
    List<Codewords> previous =
        stage.previous().stream().map(fit -> LevelFiles.level(scope, fit).codewords()).toList();
    Arithmetic arithmetic = scope.arithmetic();
    Rows sample = vectors.sample(stage.size(), stage.seed(), arithmetic, progress);
    double maxNorm = Residuals.maxNorm(vectors.maxNorm(), previous);
    Rows residuals = residuals(sample, previous, vectors.maxNorm(), arithmetic, progress);
    BalancedLevel level =
        fit(residuals, maxNorm, stage.size(), stage.seed() + stage.level(), scope, progress);
    LevelFiles.commit(scope, 0, level::write);
  }

  /** K-means as a level without potentials. */
  static BalancedLevel fit(
      Rows sample, double maxNorm, int size, long seed, StageScope scope, Progress progress) {
    LevelFit fit =
        KMeans.fit(sample, maxNorm, KMeansSettings.of(size, seed), scope.arithmetic(), progress);
    return unbalanced(fit.codewords(), maxNorm, fit.meanSquaredError());
  }

  static BalancedLevel unbalanced(Codewords codewords, double maxNorm, double sigma) {
    CostScale scale = CostScale.of(maxNorm, codewords);
    return new BalancedLevel(
        codewords,
        Potentials.zero(codewords.size(), scale),
        maxNorm,
        sigma,
        0,
        0,
        Arithmetic.BLOCK);
  }

  private static Rows residuals(
      Rows sample,
      List<Codewords> previous,
      double maxNorm,
      Arithmetic arithmetic,
      Progress progress) {
    if (previous.isEmpty()) {
      return sample;
    }
    int rows = Math.toIntExact(sample.count());
    int[][] codes = new int[previous.size()][rows];
    NearestCodes.encode(sample, 0, rows, previous, maxNorm, arithmetic, codes, progress);
    Rows residuals = new Residuals(sample, previous, CodeReader.of(codes, 0));
    return GatheredRows.copy(residuals, arithmetic, progress);
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Fit stage, Progress progress) {
    ObjectNode facts = Json.object();
    facts.put("levelPart", 0);
    return facts;
  }
}
