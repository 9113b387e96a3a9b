package io.semanticids.workflows;

import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.BalanceSettings;
import io.semanticids.workflows.activity.Level;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StageResult;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The levels of the "after" codes, one after another, each on what the levels before it left. */
final class LevelSequence {
  /** Streamed Newton steps after the fit on the sample: loads are within a few per cent then. */
  private static final int SOFT_PASSES = 2;

  /**
   * Where rows are many, a step reads a few of them, and a repair that has less to do saves more.
   */
  private static final int SOFT_PASSES_OF_MANY = 4;

  /** Repairs read deeper lists each time; the last of them reads everything that it needs. */
  private static final int REPAIR_ATTEMPTS = 16;

  /**
   * Above so many rows a pass takes minutes: one update of the centroids inside prefixes has to do.
   */
  private static final long MANY_ROWS = 10_000_000;

  private final OpenedRequest request;
  private final StageSequence stages;
  private final Artifact items;
  private final Artifact vectors;
  private final List<Artifact> fits;
  private final long rows;

  LevelSequence(
      OpenedRequest request,
      StageSequence stages,
      Artifact items,
      Artifact vectors,
      List<Artifact> fits,
      long rows) {
    this.request = request;
    this.stages = stages;
    this.items = items;
    this.vectors = vectors;
    this.fits = fits;
    this.rows = rows;
  }

  /** Empty where no level is balanced. */
  List<Level> balance() {
    if (!request.uniform().contains(true)) {
      return List.of();
    }
    int levels = request.sizes().size();
    List<Level> after = new ArrayList<>();
    for (int level = 1; level <= levels; level++) {
      if (!request.uniform().get(level - 1)) {
        after.add(plain(after, level));
      } else if (request.scope().insidePrefixes(level, levels)) {
        after.add(insidePrefixes(after, level));
      } else {
        after.add(overCatalogue(after, level));
      }
    }
    return after;
  }

  /** A level that is left unbalanced below the "after" levels before it. */
  private Level plain(List<Level> previous, int level) {
    boolean sameAsBefore = !request.uniform().subList(0, level - 1).contains(true);
    Artifact codewords = sameAsBefore ? fits.get(level - 1) : fit(previous, level, null).artifact();
    return assign(previous, level, codewords, null);
  }

  private Level overCatalogue(List<Level> previous, int level) {
    Artifact codewords = fit(previous, level, request.balance()).artifact();
    int passes = rows > MANY_ROWS ? SOFT_PASSES_OF_MANY : SOFT_PASSES;
    for (int pass = 1; pass <= passes; pass++) {
      Stage loads = new Stage.SoftLoads(items, vectors, previous, codewords, pass);
      codewords =
          stages.run("balance", label(level) + "soft loads, pass " + pass, loads).artifact();
    }
    Artifact failed = null;
    for (int attempt = 1; attempt <= REPAIR_ATTEMPTS; attempt++) {
      Stage repair = new Stage.Repair(items, vectors, previous, codewords, attempt, failed);
      StageResult result =
          stages.run("balance", label(level) + "repair, attempt " + attempt, repair);
      if (result.facts().path("exact").asBoolean()) {
        return assign(previous, level, codewords, result.artifact());
      }
      failed = result.artifact();
    }
    throw ApplicationFailure.newNonRetryableFailure(
        "Level %d is not exactly balanced after %d repairs; please report this with the request."
            .formatted(level, REPAIR_ATTEMPTS),
        "NotBalanced");
  }

  private Level insidePrefixes(List<Level> previous, int level) {
    BalanceSettings settings = request.balance();
    int rounds = settings.refit() ? (rows > MANY_ROWS ? 2 : 3) : 1;
    Artifact group = fit(previous, level, null).artifact();
    for (int round = 1; round <= rounds; round++) {
      Stage stage =
          new Stage.Group(items, vectors, previous, group, settings, round, round == rounds);
      group =
          stages.run("balance", label(level) + "inside prefixes, round " + round, stage).artifact();
    }
    Stage scatter = new Stage.Scatter(items, vectors, previous, group);
    Artifact codes = stages.run("balance", label(level) + "into row order", scatter).artifact();
    return new Level(group, codes);
  }

  private StageResult fit(List<Level> previous, int level, @Nullable BalanceSettings settings) {
    Stage fit =
        new Stage.FitLevel(
            items,
            vectors,
            previous,
            level,
            request.sizes().get(level - 1),
            request.balance().refit() ? null : fits.get(level - 1),
            settings,
            request.seed());
    return stages.run("balance", label(level) + "fit", fit);
  }

  private Level assign(
      List<Level> previous, int level, Artifact codewords, @Nullable Artifact repair) {
    Stage assign = new Stage.Assign(items, vectors, previous, codewords, repair);
    Artifact codes = stages.run("balance", label(level) + "assign", assign).artifact();
    return new Level(repair == null ? codewords : repair, codes);
  }

  private static String label(int level) {
    return "balance level " + level + ": ";
  }
}
