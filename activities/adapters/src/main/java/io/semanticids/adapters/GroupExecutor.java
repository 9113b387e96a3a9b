package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.GroupCodes;
import io.semanticids.quantize.ExactSums;
import io.semanticids.store.Column;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.BalanceSettings;
import io.semanticids.workflows.activity.Stage;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Balances one level inside each prefix. A unit is a contiguous range of prefixes, a function of
 * the catalogue alone; its parts are the codes of its rows (in row order), the potentials of its
 * prefixes, and the sums that the next round's centroids are made of.
 */
final class GroupExecutor implements StageExecutor<Stage.Group> {
  private static final int MAX_UNITS = 64;

  /** Rows of a unit, about. */
  private static final long UNIT_ROWS = 1 << 18;

  /** Potentials of a unit, about: 128 MB. */
  private static final long UNIT_POTENTIALS = 1 << 24;

  /** The last temperature where the request leaves it open, in units of sigma. */
  private static final double TAU = 0.01;

  @Override
  public int version() {
    return 13;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public int units(StageScope scope, Stage.Group stage) {
    long rows = scope.items(stage.items()).trainRows();
    int prefixes = prefixes(scope, stage).count();
    long potentials = (long) prefixes * LevelFiles.level(scope, stage.codewords()).size();
    long wanted = Math.max(rows / UNIT_ROWS, potentials / UNIT_POTENTIALS);
    return (int) Math.max(1, Math.min(Math.min(MAX_UNITS, prefixes), wanted));
  }

  @Override
  public long rows(StageScope scope, Stage.Group stage) {
    return scope.items(stage.items()).trainRows();
  }

  static Prefixes prefixes(StageScope scope, Stage.Group stage) {
    return Prefixes.of(LevelFiles.codewords(scope, stage.previous()));
  }

  /** The first prefix of a unit. */
  static int firstPrefix(int prefixes, int units, int unit) {
    return (int) ((long) prefixes * unit / units);
  }

  @Override
  public void compute(StageScope scope, Stage.Group stage, int unit, Progress progress) {
    LevelRows level = LevelRows.of(scope, stage.items(), stage.vectors(), stage.previous());
    BalancedLevel start = start(scope, stage);
    int prefixes = prefixes(scope, stage).count();
    int units = units(scope, stage);
    SortedRows rows =
        SortedRows.open(
            scope,
            new Stage.Shuffle(stage.items(), stage.vectors(), stage.previous()),
            new ShuffleExecutor(),
            firstPrefix(prefixes, units, unit),
            firstPrefix(prefixes, units, unit + 1),
            (int) ((long) Units.reduced(scope.items(stage.items())) * unit / units),
            progress);
    Groups groups =
        new Groups(
                rows,
                start,
                level.maxNorm(),
                scope.arithmetic(),
                LargeGroups.GATHERED_BYTES,
                progress)
            .balance(Requests.options(stage.balance(), start.size(), stage.round()), stage.last());

    long[] keys = new long[IntStream.range(0, rows.groups()).map(rows::count).sum()];
    long[] potentials = new long[Math.multiplyExact(rows.groups(), start.size())];
    Totals totals = new Totals();
    int at = 0;
    for (int g = 0; g < rows.groups(); g++) {
      GroupCodes group = groups.codes(g);
      long[] numbers = rows.numbers(g);
      for (int i = 0; i < numbers.length; i++) {
        keys[at++] = numbers[i] * start.size() + group.codes()[i];
      }
      System.arraycopy(group.potentials().values(), 0, potentials, g * start.size(), start.size());
      totals.add(group);
      progress.advanced(0);
    }
    LevelFiles.commit(scope, GroupParts.sums(units, unit), groups.sums()::write);
    scope.commit(
        GroupParts.potentials(units, unit),
        potentials.length,
        Json.object(),
        Map.of(),
        Column.longs("potential", potentials));
    // The unit's own marker comes last: it says that the others are there.
    commitCodes(scope, unit, keys, start.size(), totals);
  }

  /** Centroids that a round starts from: those of a fit, or the means of the round before. */
  private static BalancedLevel start(StageScope scope, Stage.Group stage) {
    BalancedLevel level =
        stage.codewords().stage().equals("group")
            ? GroupParts.next(scope, stage.codewords())
            : LevelFiles.level(scope, stage.codewords());
    BalanceSettings settings = stage.balance();
    double tau = (settings.tau() == 0 ? TAU : settings.tau()) * level.sigma();
    return new BalancedLevel(
        level.codewords(),
        level.potentials(),
        level.maxRowNorm(),
        level.sigma(),
        tau,
        level.iterations(),
        settings.batch());
  }

  /** What the groups of a unit cost together, added in prefix order. */
  private static final class Totals {
    private double cost;
    private double lowerBound;
    private boolean optimal = true;
    private long moved;

    void add(GroupCodes group) {
      cost += group.cost();
      lowerBound += group.lowerBound();
      optimal &= group.optimal();
      moved += group.moved();
    }
  }

  private static void commitCodes(
      StageScope scope, int unit, long[] keys, int size, Totals totals) {
    Arrays.sort(keys);
    long[] rows = Arrays.stream(keys).map(key -> key / size).toArray();
    int[] codes = Arrays.stream(keys).mapToInt(key -> (int) (key % size)).toArray();
    ObjectNode facts = Json.object();
    facts.put("cost", totals.cost);
    facts.put("lowerBound", totals.lowerBound);
    facts.put("optimal", totals.optimal);
    facts.put("moved", totals.moved);
    scope.commit(
        unit, rows.length, facts, Map.of(), Column.longs("row", rows), Column.ints("code", codes));
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Group stage, Progress progress) {
    int units = units(scope, stage);
    BalancedLevel used = start(scope, stage);
    ExactSums sums =
        LevelFiles.read(scope, scope.artifact(), GroupParts.sums(units, 0), ExactSums::read);
    double cost = 0;
    double lowerBound = 0;
    boolean optimal = true;
    long moved = 0;
    for (int unit = 0; unit < units; unit++) {
      if (unit > 0) {
        sums.merge(
            LevelFiles.read(
                scope, scope.artifact(), GroupParts.sums(units, unit), ExactSums::read));
      }
      JsonNode facts = scope.marker(scope.artifact(), unit).facts();
      cost += facts.path("cost").asDouble();
      lowerBound += facts.path("lowerBound").asDouble();
      optimal &= facts.path("optimal").asBoolean();
      moved += facts.path("moved").asLong();
      progress.advanced(0);
    }
    BalancedLevel next =
        FitExecutor.unbalanced(sums.means(used.codewords()), used.maxRowNorm(), used.sigma());
    LevelFiles.commit(
        scope,
        GroupParts.level(units),
        out -> {
          used.write(out);
          next.write(out);
        });
    ObjectNode facts = Json.object();
    facts.put("levelPart", GroupParts.level(units));
    facts.put("units", units);
    facts.put("prefixes", prefixes(scope, stage).count());
    facts.put("round", stage.round());
    facts.put("batch", stage.balance().batch());
    facts.put("cost", cost);
    facts.put("lowerBound", lowerBound);
    facts.put("optimal", optimal);
    facts.put("moved", moved);
    return facts;
  }
}
