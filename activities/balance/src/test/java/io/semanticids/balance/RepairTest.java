package io.semanticids.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semanticids.quantize.SquaredDistance;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairTest {
  private static final RepairOptions PROVE = new RepairOptions(0, 12);

  private static Moves collect(Rows rows, BalancedLevel level, RepairPlan plan) {
    try (Arithmetic arithmetic = new PlainArithmetic(2)) {
      return Moves.collect(
          rows, 0, new int[(int) rows.count()], level, plan, arithmetic, Progress.NONE);
    }
  }

  /** All attempts, from lists of {@code depth}. */
  private static RepairResult repair(
      Rows rows, BalancedLevel level, RepairPlan first, RepairOptions options) {
    RepairPlan plan = first;
    for (int attempt = 1; ; attempt++) {
      Moves moves = collect(rows, level, plan);
      RepairResult result =
          Repair.solve(moves, level, Capacities.of(moves.loads()), attempt, options, Progress.NONE);
      assertThat(result.cost()).isGreaterThanOrEqualTo(result.lowerBound());
      if (result.next().isEmpty()) {
        return result;
      }
      plan = result.next().get();
    }
  }

  private static double real(Rows rows, BalancedLevel level, long cost) {
    float[] row = new float[rows.dimension()];
    double squares = 0;
    for (long i = 0; i < rows.count(); i++) {
      rows.read(i, 1, row);
      squares += SquaredDistance.fromZero(row, 0, row.length);
    }
    return squares + level.scale().toReal(cost);
  }

  @ParameterizedTest
  @CsvSource({"60,2,1", "90,13,3", "120,50,1", "64,64,8", "900,40,60", "40,1,1"})
  void pathsAreTheSameInIntsAndInLongs(int count, int size, int depth) {
    for (long seed = 1; seed <= 4; seed++) {
      Rows rows = Vectors.rows(count, 3, seed);
      Moves moves = collect(rows, Levels.plain(rows, size, 0.01, 16), Levels.plan(size, depth));
      long[] capacities = Capacities.of(moves.loads());
      RepairItems[] items = new RepairItems[3];
      ShortestPaths[] paths = new ShortestPaths[3];
      boolean[] exact = new boolean[3];
      // The second one changes from ints to longs on its way.
      int[] near = {0, 1 << 18, ShortestPaths.NEAR};
      for (int i = 0; i < near.length; i++) {
        items[i] = new RepairItems(moves);
        paths[i] =
            new ShortestPaths(
                new ExchangeGraph(size, items[i]), items[i], moves.loads(), capacities, near[i]);
        exact[i] = paths[i].run(Progress.NONE);
        assertThat(exact[i]).isEqualTo(exact[0]);
        assertThat(paths[i].drifts()).containsExactly(paths[0].drifts());
        assertThat(paths[i].loads()).containsExactly(paths[0].loads());
        assertThat(paths[i].bundles()).isEqualTo(paths[0].bundles());
        assertThat(items[i].moved()).containsExactly(items[0].moved());
      }
    }
  }

  @Test
  void atomsAreFoundWhereTheirKeysBeginAlike() {
    long[] keys = {Long.MIN_VALUE, -3, 0, 5, 5 + (1L << 40), 5 + (1L << 50), 29};
    RepairPlan plan = new RepairPlan(1, new int[1], RepairPlan.unlimited(1), keys);
    for (int i = 0; i < keys.length; i++) {
      assertThat(plan.place(keys[i])).isEqualTo(i);
      assertThat(plan.place(keys[i] + 1)).isNegative();
    }
    assertThat(RepairPlan.none(1).place(0)).isNegative();
  }

  @ParameterizedTest
  @CsvSource({
    "60,2,1",
    "61,4,1",
    "83,7,1",
    "90,13,3",
    "120,50,1",
    "64,64,1",
    "65,64,8",
    "5,9,1",
    "1,4,1",
    "40,1,1",
    "200,10,1000"
  })
  void provedOptimaAreThoseOfAnIndependentSolver(int count, int size, int depth) {
    for (long seed = 1; seed <= 4; seed++) {
      Rows rows = Vectors.rows(count, 3, seed);
      BalancedLevel level = Levels.plain(rows, size, 0.01, 16);
      RepairResult result = repair(rows, level, Levels.plan(size, depth), PROVE);
      assertThat(result.exact()).isTrue();
      assertThat(result.optimal()).isTrue();
      assertThat(result.gap()).isZero();
      assertThat(result.cost()).isEqualTo(result.lowerBound());
      long least = Hungarian.exactly(Levels.costs(rows, level), count, result.capacities());
      assertThat(result.cost()).isCloseTo(Math.max(0, real(rows, level, least)), within(1e-6));
    }
  }

  @Test
  void boundsOfUnprovedResultsHold() {
    for (long seed = 1; seed <= 20; seed++) {
      Rows rows = Vectors.rows(150, 3, seed);
      BalancedLevel level = Levels.plain(rows, 12, 0.01, 16);
      Moves moves = collect(rows, level, Levels.plan(12, 4));
      long[] capacities = Capacities.of(moves.loads());
      RepairResult result = Repair.solve(moves, level, capacities, 1, PROVE, Progress.NONE);
      double least =
          real(rows, level, Hungarian.exactly(Levels.costs(rows, level), 150, capacities));
      assertThat(result.lowerBound()).isLessThanOrEqualTo(least + 1e-6);
      if (result.exact()) {
        assertThat(result.cost()).isGreaterThanOrEqualTo(least - 1e-6);
      }
    }
  }

  @Test
  void theCostIsThatOfTheMovedCodes() {
    Rows rows = Vectors.rows(2_000, 4, 3);
    BalancedLevel level = Levels.plain(rows, 16, 0.01, 64);
    RepairResult result = repair(rows, level, Levels.plan(16, 8), RepairOptions.DEFAULT);
    int[] codes = new int[2_000];
    try (Arithmetic arithmetic = new PlainArithmetic(2)) {
      Assign.codes(rows, 0, 2_000, level, codes, arithmetic, Progress.NONE);
    }
    int[] before = codes.clone();
    result.override(0, 2_000, codes);
    int[] tail = Arrays.copyOfRange(before, 777, 1_600);
    result.override(777, 1_600 - 777, tail);
    assertThat(tail).containsExactly(Arrays.copyOfRange(codes, 777, 1_600));
    assertThat(Levels.loads(codes, 16)).containsExactly(result.capacities());
    long cost = 0;
    long moved = 0;
    int[] costs = Levels.costs(rows, level);
    for (int i = 0; i < 2_000; i++) {
      cost += costs[i * 16 + codes[i]];
      moved += codes[i] == before[i] ? 0 : 1;
    }
    assertThat(result.cost()).isCloseTo(real(rows, level, cost), within(1e-5));
    assertThat(result.moved()).isEqualTo(moved);
    assertThat(result.gap()).isLessThanOrEqualTo(1e-4);
  }

  @Test
  void equalRowsAreMovedInBundles() {
    Rows rows = Vectors.equal(5_000, 3);
    BalancedLevel level = Levels.plain(Vectors.rows(40, 3, 2), 40, 0.01, 64);
    int[] costs = Levels.costs(Vectors.equal(1, 3), level);
    RepairPlan plan =
        new RepairPlan(
            40,
            new int[1_600],
            RepairPlan.unlimited(40),
            new long[] {AtomKey.of(costs, 0, new int[40])});
    RepairResult result = repair(rows, level, plan, PROVE);
    assertThat(result.exact()).isTrue();
    assertThat(result.optimal()).isTrue();
    assertThat(result.moved()).isEqualTo(5_000 - 125);
  }

  @Test
  void comesBackFromBytes() {
    Rows rows = Vectors.rows(300, 3, 4);
    BalancedLevel level = Levels.plain(rows, 30, 0.01, 64);
    Moves moves = collect(rows, level, Levels.plan(30, 1));
    RepairResult failed =
        Repair.solve(
            moves, level, Capacities.of(moves.loads()), 1, RepairOptions.DEFAULT, Progress.NONE);
    assertThat(failed.next()).isPresent();
    byte[] bytes = Levels.bytes(failed::write);
    RepairResult back = Levels.read(bytes, RepairResult::read);
    assertThat(Levels.bytes(back::write)).isEqualTo(bytes);
    assertThat(back.potentials()).isEqualTo(failed.potentials());
    assertThat(Levels.bytes(Levels.read(Levels.bytes(level::write), BalancedLevel::read)::write))
        .isEqualTo(Levels.bytes(level::write));
  }

  @Test
  void lastResortIsExact() {
    Rows rows = Vectors.rows(3_001, 4, 6);
    BalancedLevel level = Levels.plain(rows, 17, 0.01, 64);
    long[] capacities = new long[17];
    Arrays.fill(capacities, 3_001 / 17);
    for (int k = 0; k < 3_001 % 17; k++) {
      capacities[k]++;
    }
    int[] codes = new int[3_001];
    RepairResult result;
    try (Arithmetic arithmetic = new PlainArithmetic(2)) {
      result = LastResort.solve(rows, 3_001, level, capacities, 1, arithmetic, Progress.NONE);
      Assign.codes(rows, 0, 3_001, level, codes, arithmetic, Progress.NONE);
    }
    result.override(0, 3_001, codes);
    assertThat(Levels.loads(codes, 17)).containsExactly(capacities);
    assertThat(result.exact()).isTrue();
    assertThat(result.optimal()).isFalse();
  }

  @Test
  void surplusThatWouldNeedTooManyMovesGetsAsManyAsThereIsRoomFor() {
    int size = 64;
    long[] loads = new long[size];
    Arrays.fill(loads, 0, size / 2, 1 << 22);
    BalancedLevel level = Levels.plain(Vectors.rows(size, 3, 4), size, 0.01, 64);
    Moves moves = withoutMoves(Levels.plan(size, 8), loads);
    RepairResult failed =
        Repair.solve(moves, level, Capacities.of(loads), 1, new RepairOptions(1, 1), Progress.NONE);
    assertThat(failed.exact()).isFalse();
    RepairPlan next = failed.next().orElseThrow();
    assertThat(next.total()).isBetween(RepairPlan.LIMIT / 4, RepairPlan.LIMIT);
    assertThat(next.depth(0)).isZero();
    assertThat(next.depth(1)).isEqualTo(8);
    assertThat(next.depth(size - 1)).isGreaterThan(10_000);
  }

  /** What a pass over rows leaves that no move was kept of. */
  private static Moves withoutMoves(RepairPlan plan, long[] loads) {
    byte[] bytes =
        Levels.bytes(
            out -> {
              plan.write(out);
              out.writeLong(Arrays.stream(loads).sum());
              out.writeLong(0);
              out.writeLong(0);
              try (Packed.Writer packed = new Packed.Writer(out)) {
                packed.writeAll(loads);
                packed.writeAll(new long[plan.size() * Margins.BINS]);
                new PairLists(plan).write(packed);
                new Atoms(0, plan.size()).write(packed);
              }
            });
    return Levels.read(bytes, Moves::read);
  }

  @Test
  void capacitiesOfOtherRowsAreRefused() {
    Rows rows = Vectors.rows(30, 3, 4);
    BalancedLevel level = Levels.plain(rows, 3, 0.01, 64);
    Moves moves = collect(rows, level, Levels.plan(3, 1));
    assertThatThrownBy(
            () ->
                Repair.solve(
                    moves, level, new long[] {1, 1, 1}, 1, RepairOptions.DEFAULT, Progress.NONE))
        .hasMessageContaining("30 rows");
  }
}
