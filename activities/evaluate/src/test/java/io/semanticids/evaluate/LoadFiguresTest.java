package io.semanticids.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LoadFiguresTest {
  @Test
  void countsUsedCodesAndExtremes() {
    LoadFigures figures = LoadFigures.of(new long[] {0, 1, 3});
    assertThat(figures.unique()).isEqualTo(2);
    assertThat(figures.minLoad()).isZero();
    assertThat(figures.maxLoad()).isEqualTo(3);
    double entropy = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75));
    assertThat(figures.perplexity()).isCloseTo(Math.exp(entropy), within(1e-12));
  }

  @Test
  void equalLoadsHaveThePerplexityOfTheirNumber() {
    assertThat(LoadFigures.of(new long[] {7, 7, 7, 7, 7, 7}))
        .isEqualTo(new LoadFigures(6, 7, 7, 6));
  }

  @Test
  void oneCodeForAllItemsHasPerplexityOne() {
    assertThat(LoadFigures.of(new long[] {0, 40_000_000_000L, 0}))
        .isEqualTo(new LoadFigures(1, 0, 40_000_000_000L, 1));
  }

  @Test
  void noItemsHaveNoPerplexity() {
    assertThat(LoadFigures.of(new long[3])).isEqualTo(new LoadFigures(0, 0, 0, 0));
  }

  @Test
  void moreCodesThanItems() {
    long[] loads = LoadFigures.loads(new int[] {5, 2}, 8);
    assertThat(loads).containsExactly(0, 0, 1, 0, 0, 1, 0, 0);
    assertThat(LoadFigures.of(loads)).isEqualTo(new LoadFigures(2, 0, 1, 2));
  }

  @Test
  void figuresThatAreNoNumbersAreRefused() {
    assertThatThrownBy(() -> new CodeFigures(1, 0, 1, Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("perplexity (NaN)");
    assertThatThrownBy(() -> new CodeFigures(1, 0, 1, 1, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
