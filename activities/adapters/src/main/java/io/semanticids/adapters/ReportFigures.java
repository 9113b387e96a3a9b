package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.evaluate.CodeFigures;
import io.semanticids.evaluate.FloorRates;
import io.semanticids.evaluate.LoadFigures;
import io.semanticids.evaluate.NeighbourCodes;
import io.semanticids.evaluate.PathFigures;
import io.semanticids.evaluate.PathKeys;
import io.semanticids.evaluate.PathSpace;
import io.semanticids.evaluate.Report;
import io.semanticids.quantize.GatheredRows;
import io.semanticids.quantize.SampleRows;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Level;
import io.semanticids.workflows.activity.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the report of one run together. Holds the codes of all rows: {@code 4 (L_before + L_after) +
 * 16} bytes a row.
 */
final class ReportFigures {
  /**
   * The seed of the queries and of the shuffled control is the run's, apart from that of the
   * sample.
   */
  private static final long NEIGHBOUR_SEED = 0x6e656967;

  private final StageScope scope;
  private final Stage.Evaluate stage;
  private final EvaluateExecutor.Sums sums;
  private final Progress progress;
  private final Items items;
  private final StoredCodes before;
  private final @Nullable StoredCodes after;
  private final int levels;

  ReportFigures(
      StageScope scope, Stage.Evaluate stage, EvaluateExecutor.Sums sums, Progress progress) {
    this.scope = scope;
    this.stage = stage;
    this.sums = sums;
    this.progress = progress;
    this.items = scope.items(stage.items());
    this.levels = stage.sizes().size();
    this.before = StoredCodes.before(scope, stage.items(), stage.before(), levels);
    this.after =
        stage.after().isEmpty() ? null : StoredCodes.of(scope, stage.items(), stage.after());
  }

  Report report() {
    int[][] codesBefore = EvaluateExecutor.all(scope, items, before, levels, false);
    int[][] codesAfter =
        after == null ? null : EvaluateExecutor.all(scope, items, after, levels, false);
    int[] groups = groups(false);
    Report.Paths paths =
        new Report.Paths(
            paths(codesBefore, groups), codesAfter == null ? null : paths(codesAfter, groups));
    return new Report(
        new Report.Items(items.trainRows(), items.testRows(), items.groups()),
        levels(codesBefore, codesAfter),
        paths,
        test(),
        neighbours(codesBefore, codesAfter),
        FloorRates.of(items.trainRows(), sums.distinct().count(), new PathSpace(stage.sizes())));
  }

  private PathFigures paths(int[][] codes, int @Nullable [] groups) {
    progress.advanced(0);
    return PathFigures.of(PathKeys.of(codes, stage.sizes()), groups);
  }

  private Report.@Nullable Paths test() {
    if (items.testRows() == 0) {
      return null;
    }
    int[] groups = groups(true);
    return new Report.Paths(
        paths(EvaluateExecutor.all(scope, items, before, levels, true), groups),
        after == null
            ? null
            : paths(EvaluateExecutor.all(scope, items, after, levels, true), groups));
  }

  private int @Nullable [] groups(boolean test) {
    if (items.groups() == 0) {
      return null;
    }
    int[] all = new int[Math.toIntExact(test ? items.testRows() : items.trainRows())];
    long from = test ? items.trainRows() : 0;
    for (ItemShardInfo shard : items.shards()) {
      if (shard.test() == test) {
        int[] groups = items.groups(shard);
        System.arraycopy(groups, 0, all, (int) (shard.firstRow() - from), groups.length);
      }
    }
    return all;
  }

  private List<Report.Level> levels(int[][] codesBefore, int @Nullable [][] codesAfter) {
    double[] errorsBefore = sums.before().relativeErrors(sums.spread());
    double[] errorsAfter = codesAfter == null ? null : sums.after().relativeErrors(sums.spread());
    List<Report.Level> figures = new ArrayList<>();
    for (int l = 0; l < levels; l++) {
      int size = stage.sizes().get(l);
      figures.add(
          new Report.Level(
              size,
              CodeFigures.of(LoadFigures.loads(codesBefore[l], size), errorsBefore[l]),
              codesAfter == null
                  ? null
                  : CodeFigures.of(LoadFigures.loads(codesAfter[l], size), errorsAfter[l]),
              codesAfter == null ? null : sinkhorn(stage.after().get(l))));
    }
    return figures;
  }

  /** How the level was balanced; null for a level that was left as it is. */
  private Report.@Nullable Sinkhorn sinkhorn(Level level) {
    Artifact artifact = level.codewords();
    JsonNode facts = scope.facts(artifact);
    if (!facts.has("lowerBound")) {
      return null;
    }
    BalancedLevel balanced = LevelFiles.level(scope, artifact);
    double cost = facts.path("cost").asDouble();
    double bound = facts.path("lowerBound").asDouble();
    boolean inside = artifact.stage().equals("group");
    // Soft passes and one an attempt over the catalogue; one a round inside prefixes.
    int passes =
        inside
            ? facts.path("round").asInt()
            : softPasses(artifact) + facts.path("attempts").asInt();
    return new Report.Sinkhorn(
        balanced.tau(),
        balanced.iterations(),
        balanced.batch(),
        passes,
        cost,
        bound,
        cost <= bound || bound <= 0 ? 0 : cost / bound - 1,
        facts.path("optimal").asBoolean(),
        facts.path("moved").asLong());
  }

  private int softPasses(Artifact repair) {
    JsonNode last = scope.manifest(repair).at("/settings/codewords");
    return scope
        .manifest(new Artifact(last.path("stage").asText(), last.path("fingerprint").asText()))
        .at("/settings/pass")
        .asInt();
  }

  private Report.Neighbours neighbours(int[][] codesBefore, int @Nullable [][] codesAfter) {
    long[] pool = SampleRows.of(items.trainRows(), NeighbourCodes.MAX_POOL, stage.seed());
    Rows vectors = new GatheredRows(scope.vectors(stage.items(), stage.vectors()), pool);
    return NeighbourCodes.of(
        vectors,
        chosen(codesBefore, pool),
        codesAfter == null ? null : chosen(codesAfter, pool),
        stage.seed() ^ NEIGHBOUR_SEED,
        scope.arithmetic(),
        progress);
  }

  private static int[][] chosen(int[][] codes, long[] pool) {
    return Arrays.stream(codes)
        .map(level -> Arrays.stream(pool).mapToInt(row -> level[(int) row]).toArray())
        .toArray(int[][]::new);
  }
}
