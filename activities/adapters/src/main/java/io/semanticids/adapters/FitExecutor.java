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
import java.util.Arrays;
import java.util.List;

/** The unbalanced codebook of one level, on the sample's residuals under nearest codewords. */
final class FitExecutor implements StageExecutor<Stage.Fit> {
  @Override
  public int version() {
    return 8;
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
    Rows sample = vectors.sample(stage.size(), stage.seed());
    int[][] codes = codes(scope, stage, sample, previous, vectors.maxNorm(), progress);
    Rows residuals = new Residuals(sample, previous, CodeReader.of(codes, 0));
    double maxNorm = Residuals.maxNorm(vectors.maxNorm(), previous);
    LevelFit fit =
        KMeans.fit(
            GatheredRows.copy(residuals, arithmetic, progress),
            maxNorm,
            KMeansSettings.of(stage.size(), stage.seed() + stage.level()),
            arithmetic,
            progress);
    BalancedLevel level = unbalanced(fit, maxNorm);
    LevelFiles.commit(
        scope,
        0,
        out -> {
          level.write(out);
          LevelFiles.writeCodes(out, fit.codes());
        });
  }

  /**
   * The codes of the sample at the levels before: as their fits ended, where they had the same
   * sample.
   */
  private static int[][] codes(
      StageScope scope,
      Stage.Fit stage,
      Rows sample,
      List<Codewords> previous,
      double maxNorm,
      Progress progress) {
    int rows = Math.toIntExact(sample.count());
    int[][] codes =
        stage.previous().stream()
            .map(fit -> LevelFiles.sampleCodes(scope, fit))
            .toArray(int[][]::new);
    if (Arrays.stream(codes).anyMatch(level -> level.length != rows)) {
      codes = new int[previous.size()][rows];
      NearestCodes.encode(sample, 0, rows, previous, maxNorm, scope.arithmetic(), codes, progress);
    }
    return codes;
  }

  /** K-means as a level without potentials. */
  static BalancedLevel unbalanced(LevelFit fit, double maxNorm) {
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

  @Override
  public JsonNode finish(StageScope scope, Stage.Fit stage, Progress progress) {
    ObjectNode facts = Json.object();
    facts.put("levelPart", 0);
    return facts;
  }
}
