package io.semanticids.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorRatesTest {
  @ParameterizedTest
  @CsvSource({
    "2,1",
    "2,4",
    "3,1000",
    "10,10",
    "999,1000",
    "1000,999999",
    "1000,1000001",
    "3459,262144",
    "100000,4096",
    "5000,16777216"
  })
  void uniformRandomEqualsItsDefinition(int items, int paths) {
    // 1 - (P/n) (1 - (1 - 1/P)^n), to 60 digits.
    MathContext digits = new MathContext(60);
    BigDecimal all = new BigDecimal(paths);
    BigDecimal kept =
        BigDecimal.ONE.subtract(BigDecimal.ONE.divide(all, digits)).pow(items, digits);
    BigDecimal used = all.multiply(BigDecimal.ONE.subtract(kept));
    double expected =
        BigDecimal.ONE.subtract(used.divide(new BigDecimal(items), digits)).doubleValue();

    assertThat(FloorRates.uniformRandom(items, new PathSpace(List.of(paths))))
        .isCloseTo(expected, Percentage.withPercentage(1e-8));
  }

  @Test
  void onePathHoldsOneItemOnly() {
    PathSpace space = new PathSpace(List.of(1));
    assertThat(FloorRates.of(4, 1, space)).isEqualTo(new Report.Floors(0.75, 0.75, 0.75));
    assertThat(FloorRates.of(1, 1, space)).isEqualTo(new Report.Floors(0, 0, 0));
  }

  @Test
  void pigeonholeIsTheItemsThatHaveNoPathLeft() {
    PathSpace space = new PathSpace(List.of(4, 5, 2));
    assertThat(space.paths()).isEqualTo(40);
    assertThat(FloorRates.pigeonhole(160, space)).isEqualTo(0.75);
    assertThat(FloorRates.pigeonhole(40, space)).isZero();
    assertThat(FloorRates.pigeonhole(7, space)).isZero();
  }

  @Test
  void spacesBeyondAnyNumberHaveNoFloor() {
    PathSpace space = new PathSpace(Collections.nCopies(80, 65_536));
    assertThat(space.paths().doubleValue()).isInfinite();
    assertThat(FloorRates.of(54_513_856, 54_513_856, space)).isEqualTo(new Report.Floors(0, 0, 0));
  }

  @Test
  void noItemsHaveNoFloors() {
    assertThat(FloorRates.of(0, 0, new PathSpace(List.of(4))))
        .isEqualTo(new Report.Floors(0, 0, 0));
  }

  @Test
  void moreDistinctVectorsThanItemsAreRefused() {
    assertThatThrownBy(() -> FloorRates.duplicates(2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 distinct");
  }
}
