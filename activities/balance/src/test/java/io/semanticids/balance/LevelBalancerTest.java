package io.semanticids.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.balance.LevelBalancer.LevelCodes;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelBalancerTest {
  private static LevelCodes balance(Rows rows, BalanceOptions options, int threads) {
    try (Arithmetic arithmetic = new PlainArithmetic(threads)) {
      return LevelBalancer.balance(
          rows, Vectors.NORM, null, options, RepairOptions.DEFAULT, arithmetic, Progress.NONE);
    }
  }

  private static void check(LevelCodes level, long count, int size) {
    long[] loads = Levels.loads(level.codes(), size);
    Levels.assertBalanced(loads, count);
    assertThat(level.repair().loads()).containsExactly(loads);
    assertThat(level.repair().cost()).isGreaterThanOrEqualTo(level.repair().lowerBound());
    assertThat(level.repair().gap()).isBetween(0.0, 1e-4);
    assertThat(level.level().codewords().values()).doesNotContain(Float.NaN);
    assertThat(level.level().sigma()).isFinite();
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "1,7",
    "2,2",
    "7,3",
    "10,256",
    "63,64",
    "64,64",
    "65,64",
    "100,1",
    "312,64",
    "999,48",
    "1000,1000",
    "2048,30",
    "4096,48",
    "5000,200"
  })
  void loadsDifferByAtMostOne(int count, int size) {
    for (boolean refit : new boolean[] {true, false}) {
      BalanceOptions options = new BalanceOptions(0, 30, 512, refit, size, 3);
      check(balance(Vectors.rows(count, 6, 11), options, 2), count, size);
    }
  }

  @ParameterizedTest
  @CsvSource({"1000,16", "5,16", "777,1"})
  void equalRowsAreBalanced(int count, int size) {
    LevelCodes level = balance(Vectors.equal(count, 6), BalanceOptions.of(size, 1), 2);
    check(level, count, size);
    assertThat(level.attempts()).isEqualTo(1);
  }

  @Test
  void zeroRowsAreBalanced() {
    check(balance(Rows.of(new float[3_000], 3), BalanceOptions.of(16, 1), 1), 1_000, 16);
  }

  @Test
  void repeatedRowsTakeFewAttempts() {
    float[] values = Vectors.clustered(6_000, 6, 4);
    System.arraycopy(values, 0, values, 18_000, 18_000);
    LevelCodes half = balance(Rows.of(values, 6), BalanceOptions.of(40, 1), 2);
    check(half, 6_000, 40);
    assertThat(half.attempts()).isLessThanOrEqualTo(5);
    for (int i = 0; i < 6_000; i += 3) {
      System.arraycopy(values, 6, values, i * 6, 6);
    }
    LevelCodes third = balance(Rows.of(values, 6), BalanceOptions.of(40, 1), 2);
    check(third, 6_000, 40);
    assertThat(third.attempts()).isLessThanOrEqualTo(5);
  }

  @Test
  void limitsReachAsFarAsTheThresholdWhereACodeIsUnsettled() {
    Rows rows = Vectors.rows(20_000, 6, 4);
    BalancedLevel level = Levels.plain(rows, 50, 0.01, 512);
    try (Arithmetic arithmetic = new PlainArithmetic(2)) {
      SampleCosts costs =
          new SampleCosts(rows, level.codewords(), level.scale(), arithmetic, Progress.NONE);
      Potentials none = level.potentials();
      PotentialFit fit = new PotentialFit(costs, none, level.fixedTau());
      fit.anneal(level.scale().factor(), 30, 30);
      double threshold = 64 * level.fixedTau();
      RepairPlan unsettled = FirstPlan.of(costs, none, threshold, 20_000);
      RepairPlan settled = FirstPlan.of(costs, fit.potentials(), threshold, 20_000);
      assertThat(Arrays.stream(unsettled.limits()).min()).hasValue((int) threshold);
      assertThat(Arrays.stream(settled.limits()).min().orElseThrow()).isLessThan((int) threshold);
    }
  }

  @Test
  void limitsOfMarginsSpareMovesThatNoRepairNeeds() {
    Rows rows = Rows.of(Vectors.clustered(20_000, 6, 4), 6);
    BalanceOptions options = new BalanceOptions(0, 30, 512, true, 50, 3);
    try (Arithmetic arithmetic = new PlainArithmetic(2)) {
      FittedLevel fitted =
          BalancedFit.fit(
              rows, rows, 20_000, Vectors.NORM, null, options, arithmetic, Progress.NONE);
      FittedLevel stepped =
          NewtonStep.apply(
              SoftLoads.collect(rows, 0, 20_000, fitted.level(), arithmetic, Progress.NONE),
              fitted);
      RepairPlan all = stepped.repair().withoutLimits();
      Moves limited = moves(rows, stepped.level(), stepped.repair(), arithmetic);
      Moves whole = moves(rows, stepped.level(), all, arithmetic);
      assertThat(limited.lists().total()).isBetween(1L, whole.lists().total() / 2);
      long[] capacities = Capacities.of(whole.loads());
      RepairResult few =
          Repair.solve(
              limited, stepped.level(), capacities, 1, RepairOptions.DEFAULT, Progress.NONE);
      RepairResult many =
          Repair.solve(whole, stepped.level(), capacities, 1, RepairOptions.DEFAULT, Progress.NONE);
      assertThat(few.optimal()).isTrue();
      assertThat(few.cost()).isEqualTo(many.cost());
    }
  }

  private static Moves moves(
      Rows rows, BalancedLevel level, RepairPlan plan, Arithmetic arithmetic) {
    return Moves.collect(
        rows, 0, new int[(int) rows.count()], level, plan, arithmetic, Progress.NONE);
  }

  @Test
  void threadsAndBlocksChangeNothing() {
    Rows rows = Vectors.rows(5_000, 6, 12);
    LevelCodes one = balance(rows, new BalanceOptions(0, 30, 8_192, true, 50, 3), 1);
    LevelCodes two = balance(rows, new BalanceOptions(0, 30, 8_192, true, 50, 3), 2);
    assertThat(two.codes()).containsExactly(one.codes());
    assertThat(Levels.bytes(two.repair()::write)).isEqualTo(Levels.bytes(one.repair()::write));
    assertThat(Levels.bytes(two.level()::write)).isEqualTo(Levels.bytes(one.level()::write));
  }

  @Test
  void refittedCentroidsAreNearer() {
    Rows rows = Vectors.rows(8_000, 6, 13);
    LevelCodes refitted = balance(rows, new BalanceOptions(0, 30, 512, true, 40, 3), 2);
    LevelCodes kept = balance(rows, new BalanceOptions(0, 30, 512, false, 40, 3), 2);
    assertThat(refitted.repair().cost()).isLessThan(0.95 * kept.repair().cost());
  }

  /**
   * Sixty per cent of all rows are closer to each other than codes are far from them at first, and
   * some much closer than tau is wide.
   */
  @ParameterizedTest
  @CsvSource({"1, 0.1", "2, 0.1", "3, 0.1", "1, 0.005", "2, 0.005", "3, 0.005"})
  void centroidsMoveToWhereRowsAreCrowded(int seed, double width) {
    int count = 20_000;
    int size = 40;
    float[] values = Vectors.clustered(count, 6, seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      for (int j = i % 10 < 6 ? 0 : 6; j < 6; j++) {
        values[i * 6 + j] = (float) (1.2 + width * (random.nextDouble() - 0.5));
      }
    }
    LevelCodes level =
        balance(Rows.of(values, 6), new BalanceOptions(0, 30, 512, true, size, seed), 2);
    check(level, count, size);
    assertThat(level.repair().cost()).isBetween(4_000.0, 4_800.0);
    float[] centroids = level.level().codewords().values();
    long crowded =
        IntStream.range(0, size)
            .filter(
                k ->
                    IntStream.range(k * 6, k * 6 + 6)
                        .allMatch(j -> Math.abs(centroids[j] - 1.2) < 0.06))
            .count();
    assertThat(crowded).isBetween(20L, 26L);
  }

  @Test
  void oneRowThatIsAThirdOfAllIsSplitAmongCentroids() {
    float[] values = Vectors.clustered(6_000, 6, 4);
    for (int i = 0; i < 6_000; i += 3) {
      System.arraycopy(values, 6, values, i * 6, 6);
    }
    Rows rows = Rows.of(values, 6);
    LevelCodes refitted = balance(rows, new BalanceOptions(0, 30, 512, true, 30, 3), 2);
    LevelCodes kept = balance(rows, new BalanceOptions(0, 30, 512, false, 30, 3), 2);
    check(refitted, 6_000, 30);
    assertThat(refitted.repair().cost()).isLessThan(0.9 * kept.repair().cost());
  }

  @Test
  void heldOutRowsTakeTheFinalPotentials() {
    Rows rows = Vectors.rows(8_000, 6, 13);
    LevelCodes level = balance(rows, BalanceOptions.of(20, 3), 2);
    int[] codes = new int[8_000];
    try (Arithmetic arithmetic = new PlainArithmetic(2)) {
      Assign.codes(rows, 0, 8_000, level.level(), codes, arithmetic, Progress.NONE);
    }
    int same = 0;
    for (int i = 0; i < codes.length; i++) {
      same += codes[i] == level.codes()[i] ? 1 : 0;
    }
    // The final potentials are the repaired assignment's own; only ties (repeated rows) may differ.
    assertThat(same).isGreaterThan(7_600);
  }

  @Test
  void tauAndIterationsAct() {
    Rows rows = Vectors.rows(8_000, 6, 14);
    LevelCodes usual = balance(rows, new BalanceOptions(0, 30, 512, true, 40, 3), 2);
    LevelCodes warm = balance(rows, new BalanceOptions(0.2, 30, 512, true, 40, 3), 2);
    LevelCodes brief = balance(rows, new BalanceOptions(0, 1, 512, true, 40, 3), 2);
    assertThat(warm.level().tau()).isEqualTo(0.2 * warm.level().sigma());
    assertThat(usual.level().tau()).isEqualTo(0.01 * usual.level().sigma());
    assertThat(brief.level().iterations()).isLessThan(usual.level().iterations());
    assertThat(Arrays.equals(warm.codes(), usual.codes())).isFalse();
    check(warm, 8_000, 40);
    check(brief, 8_000, 40);
  }

  @Test
  void levelsThatAreTooLargeAreRefused() {
    assertThatThrownBy(() -> BalanceOptions.of(5_000, 1)).hasMessageContaining("5000 codes");
  }
}
