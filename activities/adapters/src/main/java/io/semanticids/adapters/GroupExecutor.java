package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.balance.BalanceOptions;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.GroupBalancer;
import io.semanticids.balance.GroupCodes;
import io.semanticids.quantize.ExactSums;
import io.semanticids.quantize.GatheredRows;
import io.semanticids.store.Column;
import io.semanticids.store.ColumnFile;
import io.semanticids.store.PartContent;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.workflows.activity.BalanceSettings;
import io.semanticids.workflows.activity.Stage;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Balances one level inside each prefix. A unit is a contiguous range of prefixes, a function of
 * the catalogue alone; its parts are the codes of its rows (in row order), the potentials of its
 * prefixes, and the sums that the next round's centroids are made of.
 */
final class GroupExecutor implements StageExecutor<Stage.Group> {
  private static final int MAX_UNITS = 64;

  /** Rows of a unit, about: each unit reads all rows' earlier codes once. */
  private static final long UNIT_ROWS = 1 << 18;

  /** Potentials of a unit, about: 128 MB. */
  private static final long UNIT_POTENTIALS = 1 << 24;

  /** A group whose vectors take more is held in memory alone. */
  private static final long ALONE_BYTES = 1 << 28;

  /** The last temperature where the request leaves it open, in units of sigma. */
  private static final double TAU = 0.01;

  @Override
  public int version() {
    return 4;
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
    Prefixes prefixes = prefixes(scope, stage);
    int units = units(scope, stage);
    int from = firstPrefix(prefixes.count(), units, unit);
    int to = firstPrefix(prefixes.count(), units, unit + 1);
    long[][] members = members(scope, stage, prefixes, from, to, progress);
    BalanceOptions options = Requests.options(stage.balance(), start.size(), stage.round());
    GroupCodes[] groups = balance(scope, level.rows(), members, start, options, progress);

    ExactSums sums = new ExactSums(start.size(), start.codewords().dimension(), level.maxNorm());
    long[] keys = new long[Arrays.stream(members).mapToInt(rows -> rows.length).sum()];
    long[] potentials = new long[Math.multiplyExact(groups.length, start.size())];
    Totals totals = new Totals();
    int at = 0;
    for (int g = 0; g < groups.length; g++) {
      int[] codes = groups[g].codes();
      for (int i = 0; i < codes.length; i++) {
        keys[at++] = members[g][i] * start.size() + codes[i];
      }
      System.arraycopy(
          groups[g].potentials().values(), 0, potentials, g * start.size(), start.size());
      add(sums, level.rows(), members[g], codes);
      totals.add(groups[g]);
      progress.advanced(0);
    }
    LevelFiles.commit(scope, GroupParts.sums(units, unit), sums::write);
    commitPotentials(scope, GroupParts.potentials(units, unit), potentials);
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

  /**
   * Groups that fill all threads one by one; then the others, as many at once as there are threads.
   */
  private static GroupCodes[] balance(
      StageScope scope,
      Rows rows,
      long[][] members,
      BalancedLevel start,
      BalanceOptions options,
      Progress progress) {
    GroupCodes[] groups = new GroupCodes[members.length];
    Arithmetic arithmetic = scope.arithmetic();
    IntConsumer balance =
        g -> {
          Rows group = new GatheredRows(rows, members[g]);
          groups[g] =
              GroupBalancer.balance(
                  group, start, options, arithmetic, read -> progress.advanced(0));
          progress.advanced(members[g].length);
        };
    long alone =
        Math.min(
            (long) start.batch() * arithmetic.threads(), ALONE_BYTES / (4L * rows.dimension()));
    for (int g = 0; g < groups.length; g++) {
      if (members[g].length > alone) {
        balance.accept(g);
      }
    }
    ParallelBlocks.run(
        arithmetic.threads(),
        groups.length,
        1,
        blocks -> {
          blocks.forEach(
              (g, one) -> {
                if (members[(int) g].length <= alone) {
                  balance.accept((int) g);
                }
              });
          return groups;
        },
        (a, b) -> groups);
    return groups;
  }

  private static void add(ExactSums sums, Rows rows, long[] members, int[] codes) {
    float[] row = new float[rows.dimension()];
    for (int i = 0; i < members.length; i++) {
      rows.read(members[i], 1, row);
      sums.add(codes[i], row, 0);
    }
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
    scope
        .output()
        .commit(
            unit,
            "arrow",
            file -> {
              ObjectNode facts = Json.object();
              facts.put("cost", totals.cost);
              facts.put("lowerBound", totals.lowerBound);
              facts.put("optimal", totals.optimal);
              facts.put("moved", totals.moved);
              facts.set(
                  "columns",
                  ColumnFile.write(
                      file, Map.of(), Column.longs("row", rows), Column.ints("code", codes)));
              return new PartContent(rows.length, facts);
            });
  }

  private static void commitPotentials(StageScope scope, int part, long[] potentials) {
    scope
        .output()
        .commit(
            part,
            "arrow",
            file -> {
              ObjectNode facts = Json.object();
              facts.set(
                  "columns",
                  ColumnFile.write(file, Map.of(), Column.longs("potential", potentials)));
              return new PartContent(potentials.length, facts);
            });
  }

  /** The rows of each prefix in {@code [from, to)}, ascending. */
  private static long[][] members(
      StageScope scope, Stage.Group stage, Prefixes prefixes, int from, int to, Progress progress) {
    Items items = scope.items(stage.items());
    StoredCodes codes = StoredCodes.of(scope, stage.items(), stage.previous());
    int[] counts = new int[to - from];
    for (ItemShardInfo shard : items.shards()) {
      if (!shard.test()) {
        for (int prefix : prefixes.read(codes, shard.firstRow(), shard.rows())) {
          if (prefix >= from && prefix < to) {
            counts[prefix - from]++;
          }
        }
        progress.advanced(0);
      }
    }
    long[][] members = Arrays.stream(counts).mapToObj(long[]::new).toArray(long[][]::new);
    int[] filled = new int[to - from];
    for (ItemShardInfo shard : items.shards()) {
      if (!shard.test()) {
        int[] numbers = prefixes.read(codes, shard.firstRow(), shard.rows());
        for (int i = 0; i < numbers.length; i++) {
          int prefix = numbers[i] - from;
          if (prefix >= 0 && prefix < members.length) {
            members[prefix][filled[prefix]++] = shard.firstRow() + i;
          }
        }
        progress.advanced(0);
      }
    }
    return members;
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
