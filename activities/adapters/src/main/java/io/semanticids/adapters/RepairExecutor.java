package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.adapters.Units.RowRange;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.Capacities;
import io.semanticids.balance.FittedLevel;
import io.semanticids.balance.LastResort;
import io.semanticids.balance.Moves;
import io.semanticids.balance.Repair;
import io.semanticids.balance.RepairOptions;
import io.semanticids.balance.RepairPlan;
import io.semanticids.balance.RepairResult;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Stage;

/** Collects the cheapest moves of each pair of codes, then moves the surplus exactly. */
final class RepairExecutor implements StageExecutor<Stage.Repair> {
  @Override
  public int version() {
    return 12;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public int units(StageScope scope, Stage.Repair stage) {
    return Units.reduced(scope.items(stage.items()));
  }

  @Override
  public long rows(StageScope scope, Stage.Repair stage) {
    return scope.items(stage.items()).trainRows();
  }

  @Override
  public void compute(StageScope scope, Stage.Repair stage, int unit, Progress progress) {
    RowRange range = Units.rows(scope.items(stage.items()), unit);
    int[] codes = new int[Math.toIntExact(range.count())];
    Pass pass = Moves::collect;
    if (stage.failed() != null) {
      readCodes(scope, stage.items(), stage.failed(), range.first(), codes);
      pass = Moves::renew;
    }
    Moves moves = moves(scope, stage, range, codes, pass, progress);
    CodeFiles.commit(scope, codesPart(units(scope, stage), unit), range.first(), codes);
    LevelFiles.commit(scope, unit, moves::write);
  }

  /** {@link Moves#collect} or {@link Moves#renew}. */
  @FunctionalInterface
  private interface Pass {
    Moves over(
        Rows rows,
        long first,
        int[] codes,
        BalancedLevel level,
        RepairPlan plan,
        Arithmetic arithmetic,
        Progress progress);
  }

  private static Moves moves(
      StageScope scope,
      Stage.Repair stage,
      RowRange range,
      int[] codes,
      Pass pass,
      Progress progress) {
    return pass.over(
        LevelRows.of(scope, stage.items(), stage.vectors(), stage.previous()).rows(),
        range.first(),
        codes,
        LevelFiles.level(scope, stage.codewords()),
        plan(scope, stage),
        scope.arithmetic(),
        progress);
  }

  /** The moves of all rows, where those of the attempt before have been deleted. */
  private static Moves collected(StageScope scope, Stage.Repair stage, Progress progress) {
    Items items = scope.items(stage.items());
    Moves all = new Moves(plan(scope, stage));
    for (int unit = 0; unit < Units.reduced(items); unit++) {
      RowRange range = Units.rows(items, unit);
      int[] codes = new int[Math.toIntExact(range.count())];
      all.merge(moves(scope, stage, range, codes, Moves::collect, progress));
    }
    return all;
  }

  private static RepairPlan plan(StageScope scope, Stage.Repair stage) {
    return stage.failed() == null
        ? LevelFiles.fitted(scope, stage.codewords()).repair()
        : LevelFiles.repair(scope, stage.failed()).next().orElseThrow();
  }

  /**
   * The codes of a unit's rows before any move: parts after the level's own, kept until the run's
   * codes are assigned.
   */
  private static int codesPart(int units, int unit) {
    return units + 1 + unit;
  }

  /** Reads the codes of rows {@code [first, first + target.length)} before any move. */
  static void readCodes(
      StageScope scope, Artifact itemsOf, Artifact repair, long first, int[] target) {
    Items items = scope.items(itemsOf);
    int units = Units.reduced(items);
    for (int unit = 0; unit < units; unit++) {
      RowRange range = Units.rows(items, unit);
      long from = Math.max(first, range.first());
      long to = Math.min(first + target.length, range.first() + range.count());
      if (from < to) {
        int[] part = new int[(int) (to - from)];
        scope
            .part(repair, codesPart(units, unit))
            .ints(StoredCodes.column(1), from - range.first(), part.length, part);
        System.arraycopy(part, 0, target, (int) (from - first), part.length);
      }
    }
  }

  /**
   * The moves of all units of an attempt that another one follows, after the parts of codes: kept
   * to spare that one a pass, and made again where they are gone.
   */
  private static int movesPart(int units) {
    return codesPart(units, units);
  }

  /** Deletes the moves of the attempts before this one, which has succeeded. */
  static void deleteMoves(StageScope scope, Artifact items, Artifact repair) {
    int part = movesPart(Units.reduced(scope.items(items)));
    JsonNode failed = scope.manifest(repair).path("settings").path("failed");
    while (failed.isObject()) {
      Artifact attempt = Json.CANONICAL.convertValue(failed, Artifact.class);
      scope.delete(attempt, part);
      failed = scope.manifest(attempt).path("settings").path("failed");
    }
  }

  @Override
  public boolean scratch() {
    return true;
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Repair stage, Progress progress) {
    int units = units(scope, stage);
    Moves all = LevelFiles.read(scope, scope.artifact(), 0, Moves::read);
    for (int unit = 1; unit < units; unit++) {
      LevelFiles.read(scope, scope.artifact(), unit, all::mergeRead);
      progress.advanced(0);
    }
    if (stage.failed() != null) {
      all =
          scope.folder(stage.failed()).marker(movesPart(units)).isPresent()
              ? LevelFiles.read(scope, stage.failed(), movesPart(units), Moves::read).with(all)
              : collected(scope, stage, progress);
    }
    FittedLevel start = LevelFiles.fitted(scope, stage.codewords());
    long[] capacities = Capacities.of(all.loads());
    RepairResult solved =
        Repair.solve(
            all,
            start.level(),
            capacities,
            stage.attempt(),
            RepairOptions.of(all.rows()),
            progress);
    RepairResult result =
        solved.exact() || solved.next().isPresent()
            ? solved
            : lastResort(scope, stage, start.level(), solved, progress);
    BalancedLevel level = start.level().withPotentials(result.potentials());
    if (result.next().isPresent()) {
      LevelFiles.commit(scope, movesPart(units), all::write);
    }
    LevelFiles.commit(
        scope,
        units,
        out -> {
          level.write(out);
          result.write(out);
        });
    return facts(units, stage.attempt(), level, result);
  }

  /** No attempt is left and loads are not exact: one pass over all rows makes them so. */
  private static RepairResult lastResort(
      StageScope scope,
      Stage.Repair stage,
      BalancedLevel start,
      RepairResult failed,
      Progress progress) {
    LevelRows rows = LevelRows.of(scope, stage.items(), stage.vectors(), stage.previous());
    return LastResort.solve(
        rows.rows(),
        rows.trainRows(),
        start,
        failed.capacities(),
        failed.lowerBound(),
        scope.arithmetic(),
        progress);
  }

  private static ObjectNode facts(
      int units, int attempt, BalancedLevel level, RepairResult result) {
    ObjectNode facts = Json.object();
    facts.put("levelPart", units);
    facts.put("exact", result.next().isEmpty());
    facts.put("attempts", attempt);
    facts.put("tau", level.tau());
    facts.put("iterations", level.iterations());
    facts.put("batch", level.batch());
    facts.put("cost", result.cost());
    facts.put("lowerBound", result.lowerBound());
    facts.put("optimal", result.optimal());
    facts.put("moved", result.moved());
    return facts;
  }
}
