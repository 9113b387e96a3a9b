package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.tensor.Codewords;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixesTest {
  private static List<Codewords> levels(int... sizes) {
    return Arrays.stream(sizes).mapToObj(size -> new Codewords(new float[size], size, 1)).toList();
  }

  @Test
  void countsAllPathsOfTheLevelsBefore() {
    assertThat(Prefixes.of(List.of()).count()).isEqualTo(1);
    assertThat(Prefixes.of(levels(7)).count()).isEqualTo(7);
    assertThat(Prefixes.of(levels(7, 5, 3)).count()).isEqualTo(105);
  }

  @Test
  void refusesMoreThanItCanNumber() {
    assertThatThrownBy(() -> Prefixes.of(levels(4_096, 4_096, 4_096)))
        .hasMessageContaining("prefixes");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "256, 64", "16384, 64", "65536, 61"})
  void unitsOfPrefixesCoverAllOfThem(int prefixes, int units) {
    int[] bounds =
        IntStream.rangeClosed(0, units)
            .map(unit -> GroupExecutor.firstPrefix(prefixes, units, unit))
            .toArray();
    assertThat(bounds[0]).isZero();
    assertThat(bounds[units]).isEqualTo(prefixes);
    for (int unit = 0; unit < units; unit++) {
      assertThat(bounds[unit + 1] - bounds[unit])
          .isBetween(prefixes / units, (prefixes + units - 1) / units);
    }
  }
}
