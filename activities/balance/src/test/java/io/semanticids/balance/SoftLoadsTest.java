package io.semanticids.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftLoadsTest {
  private static final int SIZE = 13;
  private final Rows rows = Vectors.rows(1_111, 7, 5);
  private final BalancedLevel level = Levels.plain(rows, SIZE, 0.05, 64);

  private SoftLoads collect(int threads, long first, long count, BalancedLevel at) {
    try (Arithmetic arithmetic = new PlainArithmetic(threads)) {
      return SoftLoads.collect(rows, first, count, at, arithmetic, Progress.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.05", "0.001"})
  void sumsAreThoseOfAPlainSum(double tau) {
    BalancedLevel at = Levels.plain(rows, SIZE, tau, 64);
    SoftLoads sums = collect(1, 0, rows.count(), at);
    int[] costs = Levels.costs(rows, at);
    double fixedTau = tau * at.scale().factor();
    double[] soft = new double[SIZE];
    double[][] pairs = new double[SIZE][SIZE];
    double smooth = 0;
    for (int i = 0; i < rows.count(); i++) {
      double min = Double.MAX_VALUE;
      for (int k = 0; k < SIZE; k++) {
        min = Math.min(min, costs[i * SIZE + k]);
      }
      double total = 0;
      double[] share = new double[SIZE];
      for (int k = 0; k < SIZE; k++) {
        share[k] = Math.exp((min - costs[i * SIZE + k]) / fixedTau);
        total += share[k];
      }
      smooth += min - fixedTau * Math.log(total);
      for (int k = 0; k < SIZE; k++) {
        soft[k] += share[k] / total / rows.count();
        for (int j = 0; j < SIZE; j++) {
          pairs[j][k] += share[j] * share[k] / total / total / rows.count();
        }
      }
    }
    for (int k = 0; k < SIZE; k++) {
      assertThat(sums.shares()[k]).isCloseTo(soft[k], within(1e-7));
      for (int j = 0; j < SIZE; j++) {
        assertThat(sums.pair(j, k)).isCloseTo(pairs[j][k], within(3e-4));
      }
    }
    assertThat((double) sums.smooth()).isCloseTo(smooth, within(rows.count() * 1.0));
  }

  @Test
  void anyCutAndAnyThreadsGiveTheSameBytes() {
    byte[] whole = Levels.bytes(collect(1, 0, 1_111, level)::write);
    assertThat(Levels.bytes(collect(2, 0, 1_111, level)::write)).isEqualTo(whole);
    SoftLoads cut =
        collect(2, 700, 411, level).merge(collect(1, 0, 3, level)).merge(collect(1, 3, 697, level));
    assertThat(Levels.bytes(cut::write)).isEqualTo(whole);
    SoftLoads back = Levels.read(whole, SoftLoads::read);
    assertThat(Levels.bytes(back::write)).isEqualTo(whole);
  }

  @Test
  void sumsOfOtherSizesAreRefused() {
    assertThatThrownBy(() -> new SoftLoads(3).merge(new SoftLoads(4)))
        .hasMessageContaining("3 codes");
  }

  @Test
  void stepsBringLoadsTogether() {
    double before = excess(collect(1, 0, 1_111, level));
    FittedLevel at =
        new FittedLevel(level, RepairPlan.none(level.size()), new double[level.size()], 0);
    for (int step = 0; step < 12; step++) {
      at = NewtonStep.apply(collect(1, 0, 1_111, at.level()), at);
    }
    assertThat(excess(collect(1, 0, 1_111, at.level()))).isLessThan(before / 4);
  }

  private static double excess(SoftLoads sums) {
    return Arrays.stream(sums.shares()).map(share -> Math.abs(share - 1.0 / SIZE)).sum() / 2;
  }
}
