package io.semanticids.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovesTest {
  private static final int SIZE = 9;
  private final Rows rows = Vectors.rows(997, 5, 8);
  private final BalancedLevel level = Levels.plain(rows, SIZE, 0.01, 50);

  private Moves collect(int threads, long first, int count, RepairPlan plan) {
    return collect(threads, first, new int[count], plan);
  }

  private Moves collect(int threads, long first, int[] codes, RepairPlan plan) {
    try (Arithmetic arithmetic = new PlainArithmetic(threads)) {
      return Moves.collect(rows, first, codes, level, plan, arithmetic, Progress.NONE);
    }
  }

  @Test
  void aLaterAttemptCollectsAnewOnlyWhereItsPlanDiffers() {
    int count = (int) rows.count();
    int[] codes = new int[count];
    Moves first = collect(2, 0, codes, Levels.plan(SIZE, 8));
    RepairResult failed =
        Repair.solve(
            first, level, Capacities.of(first.loads()), 1, new RepairOptions(0, 12), Progress.NONE);
    RepairPlan next = failed.next().orElseThrow();
    assertThat(IntStream.range(0, SIZE).filter(next::renews).count()).isBetween(1L, SIZE - 1L);
    Moves renewed = renew(0, Arrays.copyOf(codes, 400), next);
    renewed.merge(renew(400, Arrays.copyOfRange(codes, 400, count), next));
    assertThat(renewed.rows()).isLessThan(count);
    assertThat(Levels.bytes(first.with(renewed)::write))
        .isEqualTo(Levels.bytes(collect(2, 0, count, next)::write));
  }

  private Moves renew(long first, int[] codes, RepairPlan plan) {
    try (Arithmetic arithmetic = new PlainArithmetic(2)) {
      return Moves.renew(rows, first, codes, level, plan, arithmetic, Progress.NONE);
    }
  }

  @Test
  void codesAreThoseOfLeastCost() {
    int[] codes = new int[300];
    collect(2, 17, codes, Levels.plan(SIZE, 1));
    int[] costs = Levels.costs(rows, level);
    for (int i = 0; i < codes.length; i++) {
      assertThat(codes[i]).isEqualTo(best(costs, 17 + i));
    }
  }

  @Test
  void noMoveAboveTheLimitIsKept() {
    int[] depths = Levels.plan(SIZE, 5_000).depths();
    int pair = 2 * SIZE + 5;
    long[] all = collect(1, 0, 997, Levels.plan(SIZE, 5_000)).lists().sorted(pair);
    int[] limits = RepairPlan.unlimited(SIZE);
    limits[pair] = PairLists.margin(all[all.length / 2]);
    PairLists lists = collect(2, 0, 997, new RepairPlan(SIZE, depths, limits, new long[0])).lists();
    assertThat(lists.sorted(pair))
        .hasSizeBetween(all.length / 2, all.length - 1)
        .containsExactly(
            Arrays.stream(all).filter(move -> PairLists.margin(move) <= limits[pair]).toArray());
    assertThat(lists.bound(pair)).isEqualTo(limits[pair] + 1L);
    assertThat(lists.bound(5 * SIZE + 2)).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 64, 5_000})
  void theCheapestMovesOfEachPairAreKept(int depth) {
    Moves moves = collect(2, 0, 997, Levels.plan(SIZE, depth));
    int[] costs = Levels.costs(rows, level);
    for (int j = 0; j < SIZE; j++) {
      for (int k = 0; k < SIZE; k++) {
        int from = j;
        int to = k;
        long[] all =
            LongStream.range(0, j == k ? 0 : 997)
                .filter(i -> best(costs, (int) i) == from)
                .map(
                    i ->
                        (((long) costs[(int) i * SIZE + to] - costs[(int) i * SIZE + from]) << 33)
                            | i)
                .sorted()
                .toArray();
        int pair = j * SIZE + k;
        assertThat(moves.lists().sorted(pair))
            .containsExactly(Arrays.copyOf(all, Math.min(depth, all.length)));
        if (depth > all.length && j != k) {
          assertThat(moves.lists().bound(pair)).isEqualTo(Long.MAX_VALUE);
        }
      }
    }
    assertThat(moves.lists().total()).isLessThanOrEqualTo(moves.plan().total());
    assertThat(moves.loads()).hasSize(SIZE);
    assertThat(Arrays.stream(moves.loads()).sum()).isEqualTo(997);
  }

  private static int best(int[] costs, int row) {
    int best = 0;
    for (int k = 1; k < SIZE; k++) {
      if (costs[row * SIZE + k] < costs[row * SIZE + best]) {
        best = k;
      }
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 200})
  void anyCutAndAnyThreadsGiveTheSameBytes(int depth) {
    int[] depths = Levels.plan(SIZE, depth).depths();
    int[] costs = Levels.costs(rows, level);
    long[] atoms = {AtomKey.of(costs, 0, new int[SIZE]), AtomKey.of(costs, SIZE, new int[SIZE])};
    Arrays.sort(atoms);
    RepairPlan plan = new RepairPlan(SIZE, depths, RepairPlan.unlimited(SIZE), atoms);
    byte[] whole = Levels.bytes(collect(1, 0, 997, plan)::write);
    assertThat(Levels.bytes(collect(2, 0, 997, plan)::write)).isEqualTo(whole);
    Moves cut =
        collect(1, 500, 497, plan)
            .merge(Levels.read(Levels.bytes(collect(2, 0, 1, plan)::write), Moves::read))
            .merge(collect(1, 1, 499, plan));
    assertThat(Levels.bytes(cut::write)).isEqualTo(whole);
    assertThat(Levels.bytes(Levels.read(whole, Moves::read)::write)).isEqualTo(whole);
  }

  @Test
  void atomsAreCountedApart() {
    int[] costs = Levels.costs(rows, level);
    RepairPlan plan =
        new RepairPlan(
            SIZE,
            Levels.plan(SIZE, 5_000).depths(),
            RepairPlan.unlimited(SIZE),
            new long[] {AtomKey.of(costs, 0, new int[SIZE])});
    Moves moves = collect(2, 0, 997, plan);
    assertThat(moves.atoms().count(0)).isGreaterThan(2);
    assertThat(moves.atoms().sortedRows(0)).isSorted().startsWith(0L);
    assertThat(moves.lists().total()).isEqualTo((997L - moves.atoms().count(0)) * (SIZE - 1));
  }

  @Test
  void movesOfOtherPlansAreRefused() {
    Moves moves = collect(1, 0, 10, Levels.plan(SIZE, 2));
    assertThatThrownBy(() -> moves.merge(collect(1, 10, 10, Levels.plan(SIZE, 3))))
        .hasMessageContaining("plans");
  }
}
