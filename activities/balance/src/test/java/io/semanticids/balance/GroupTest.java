package io.semanticids.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semanticids.quantize.SquaredDistance;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupTest {
  @ParameterizedTest
  @CsvSource({
    "0,3", "1,1", "1,5", "2,5", "5,5", "6,5", "9,5", "10,5", "11,5", "40,7", "61,128", "100,9",
    "97,30", "129,64", "7,1"
  })
  void costsAreThoseOfAnIndependentSolver(int rows, int size) {
    SplittableRandom random = new SplittableRandom(rows * 31L + size);
    for (int range : new int[] {3, 1_000, 1 << 27}) {
      int[] costs = new int[rows * size];
      for (int i = 0; i < costs.length; i++) {
        costs[i] = random.nextInt(-range, range);
      }
      assertThat(solved(costs, rows, size)).isEqualTo(Hungarian.floorOrCeiling(costs, rows, size));
    }
  }

  @ParameterizedTest
  @CsvSource({"60,7,1", "64,64,1", "20,30,1", "150,20,3", "120,100,4", "9,40,2"})
  void rowsOfEqualCostsAreSolvedToo(int rows, int size, int distinct) {
    SplittableRandom random = new SplittableRandom(rows * 31L + size);
    int[] costs = new int[rows * size];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = i < distinct * size ? random.nextInt(-1_000, 1_000) : costs[i % (distinct * size)];
    }
    assertThat(solved(costs, rows, size)).isEqualTo(Hungarian.floorOrCeiling(costs, rows, size));
  }

  /** Real groups have rows that lie together: most would like the same few codes. */
  @ParameterizedTest
  @CsvSource({"979,256", "300,256", "100,256", "1000,37"})
  void groupsOfLikeRowsAreSolvedToTheCertificate(int rows, int size) {
    Rows near = Vectors.rows(rows, 4, 9);
    float[] values = new float[rows * 4];
    near.read(0, rows, values);
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] * 0.1f + 0.4f;
    }
    BalancedLevel level = Levels.plain(Vectors.rows(size, 4, 1), size, 0.01, 512);
    solved(Levels.costs(Rows.of(values, 4), level), rows, size);
  }

  /** The cost; loads and the duality certificate are asserted. */
  private static long solved(int[] costs, int rows, int size) {
    int[] codes = new int[rows];
    long[] potentials = new long[size];
    // Not at the start of the array: groups lie one after another.
    int[] later = new int[costs.length + 3 * size];
    System.arraycopy(costs, 0, later, 3 * size, costs.length);
    long cost = GroupSolver.solve(later, 3, rows, size, codes, potentials);
    long[] loads = Levels.loads(codes, size);
    Levels.assertBalanced(loads, rows);
    for (int i = 0; i < rows; i++) {
      long own = costs[i * size + codes[i]] - potentials[codes[i]];
      for (int k = 0; k < size; k++) {
        assertThat(costs[i * size + k] - potentials[k]).isGreaterThanOrEqualTo(own);
      }
    }
    long fullest = Long.MIN_VALUE;
    long others = Long.MAX_VALUE;
    for (int k = 0; k < size; k++) {
      if (loads[k] > rows / size) {
        fullest = Math.max(fullest, potentials[k]);
      } else {
        others = Math.min(others, potentials[k]);
      }
    }
    assertThat(fullest).isLessThanOrEqualTo(others);
    return cost;
  }

  @ParameterizedTest
  @CsvSource({"0,8", "1,8", "7,8", "8,8", "1500,8", "4097,3", "20001,2", "6001,40"})
  void groupsOfAnySizeAreBalanced(int count, int size) {
    Rows rows = count == 0 ? Rows.of(new float[0], 4) : Vectors.rows(count, 4, 9);
    BalancedLevel level = Levels.plain(Vectors.rows(size, 4, 1), size, 0.01, 512);
    try (Arithmetic arithmetic = new PlainArithmetic(2)) {
      GroupCodes small = small(rows, level, arithmetic);
      assertBalanced(small, size);
      if (count > 0) {
        GroupCodes large =
            LargeGroup.balance(
                rows, level, BalanceOptions.of(size, 1), true, arithmetic, Progress.NONE);
        assertBalanced(large, size);
        assertThat(large.cost()).isGreaterThanOrEqualTo(small.cost() * (1 - 1e-12));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "262144,16,64,true",
    "262145,2,1,false",
    "16384,256,1024,true",
    "16385,256,1,false",
    "16384,16,1025,false"
  })
  void smallIsWhatAThreadCanHold(long rows, int size, int dimension, boolean small) {
    assertThat(SmallGroups.small(rows, size, dimension)).isEqualTo(small);
  }

  private static void assertBalanced(GroupCodes group, int size) {
    Levels.assertBalanced(Levels.loads(group.codes(), size), group.codes().length);
    assertThat(group.cost()).isGreaterThanOrEqualTo(group.lowerBound());
    assertThat(group.cost()).isLessThanOrEqualTo(group.lowerBound() * (1 + 1e-4));
    assertThat(group.potentials().size()).isEqualTo(size);
  }

  private static GroupCodes small(Rows rows, BalancedLevel level, Arithmetic arithmetic) {
    int count = (int) rows.count();
    float[] values = new float[count * rows.dimension()];
    rows.read(0, count, values);
    try (SmallGroups groups = new SmallGroups(level, arithmetic)) {
      return groups.balance(values, new int[] {count})[0];
    }
  }

  @Test
  void groupsDoNotDependOnThoseBesideThem() {
    int[] counts = {5, 0, 700, 1, 30, 8};
    Rows rows = Vectors.rows(Arrays.stream(counts).sum(), 4, 9);
    BalancedLevel level = Levels.plain(Vectors.rows(8, 4, 1), 8, 0.01, 64);
    float[] values = new float[(int) rows.count() * 4];
    rows.read(0, (int) rows.count(), values);
    try (Arithmetic arithmetic = new PlainArithmetic(1);
        SmallGroups small = new SmallGroups(level, arithmetic)) {
      GroupCodes[] together = small.balance(values, counts);
      int first = 0;
      for (int g = 0; g < counts.length; g++) {
        float[] own = Arrays.copyOfRange(values, first * 4, (first + counts[g]) * 4);
        GroupCodes alone = small.balance(own, new int[] {counts[g]})[0];
        assertThat(together[g].codes()).containsExactly(alone.codes());
        assertThat(together[g].potentials()).isEqualTo(alone.potentials());
        assertThat(together[g].cost()).isEqualTo(alone.cost());
        first += counts[g];
      }
    }
  }

  @Test
  void equalRowsThatArePartedHaveMoved() {
    BalancedLevel level = Levels.plain(Vectors.rows(4, 4, 1), 4, 0.01, 512);
    float[] values = new float[8 * 4];
    Arrays.fill(values, 0.25f);
    try (Arithmetic arithmetic = new PlainArithmetic(1)) {
      GroupCodes equal = small(Rows.of(values, 4), level, arithmetic);
      assertThat(Levels.loads(equal.codes(), 4)).containsExactly(2, 2, 2, 2);
      assertThat(equal.moved()).isEqualTo(6);
      GroupCodes one = small(Vectors.rows(1, 4, 9), level, arithmetic);
      assertThat(one.moved()).isZero();
    }
  }

  @Test
  void largeAndSmallAgree() {
    Rows rows = Vectors.rows(4_100, 4, 9);
    BalancedLevel level = Levels.plain(Vectors.rows(6, 4, 1), 6, 0.01, 512);
    int[] codes = new int[4_100];
    long exact = GroupSolver.solve(Levels.costs(rows, level), 0, 4_100, 6, codes, new long[6]);
    long squares = 0;
    float[] row = new float[4];
    for (int i = 0; i < 4_100; i++) {
      rows.read(i, 1, row);
      squares += level.squares().toFixed(SquaredDistance.fromZero(row, 0, 4));
    }
    try (Arithmetic arithmetic = new PlainArithmetic(1)) {
      GroupCodes group =
          LargeGroup.balance(rows, level, BalanceOptions.of(6, 1), true, arithmetic, Progress.NONE);
      double least = level.squares().toReal(squares) + level.scale().toReal(exact);
      // The level's way fixes which codes hold one more row; the solver chooses them.
      assertThat(group.cost()).isCloseTo(least, within(1e-3 * least));
      assertThat(group.cost()).isGreaterThanOrEqualTo(least - 1e-6);
    }
  }

  @Test
  void meansAreMadeOfNearlyEvenLoads() {
    Rows rows = Vectors.rows(30_000, 4, 9);
    BalancedLevel level = Levels.plain(Vectors.rows(6, 4, 1), 6, 0.01, 512);
    try (Arithmetic arithmetic = new PlainArithmetic(2)) {
      GroupCodes exact =
          LargeGroup.balance(rows, level, BalanceOptions.of(6, 1), true, arithmetic, Progress.NONE);
      GroupCodes nearly =
          LargeGroup.balance(
              rows, level, BalanceOptions.of(6, 1), false, arithmetic, Progress.NONE);
      assertThat(Capacities.excess(Levels.loads(nearly.codes(), 6))).isBetween(1L, 300L);
      assertThat(nearly.optimal()).isFalse();
      assertThat(nearly.lowerBound()).isLessThanOrEqualTo(exact.cost() * (1 + 1e-12));
      assertThat(nearly.cost()).isCloseTo(exact.cost(), within(0.01 * exact.cost()));
      // Each row has the code that the potentials give it; the cost is that of the codes.
      int[] costs = Levels.costs(rows, level);
      int[] potentials = nearly.potentials().toInts();
      int[] scores = new int[6];
      double cost = 0;
      float[] row = new float[4];
      for (int i = 0; i < 30_000; i++) {
        rows.read(i, 1, row);
        assertThat(nearly.codes()[i]).isEqualTo(Least.place(costs, i * 6, potentials, scores));
        cost +=
            SquaredDistance.fromZero(row, 0, 4)
                + level.scale().toReal(costs[i * 6 + nearly.codes()[i]]);
      }
      assertThat(nearly.cost()).isCloseTo(cost, within(1e-6 * cost));
    }
  }

  @Test
  void rowsThatPotentialsCannotPartAreExactWhereNearlyWouldDo() {
    float[] values = new float[20_000 * 4];
    Arrays.fill(values, 0.25f);
    BalancedLevel level = Levels.plain(Vectors.rows(4, 4, 1), 4, 0.01, 512);
    try (Arithmetic arithmetic = new PlainArithmetic(2)) {
      GroupCodes equal =
          LargeGroup.balance(
              Rows.of(values, 4), level, BalanceOptions.of(4, 1), false, arithmetic, Progress.NONE);
      assertThat(Levels.loads(equal.codes(), 4)).containsExactly(5_000, 5_000, 5_000, 5_000);
    }
  }
}
