package io.semanticids.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleRowsTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "0,5",
    "1,1",
    "5,0",
    "5,3",
    "5,5",
    "5,9",
    "1000,10",
    "1000,999",
    "100000,1",
    "100000,4096"
  })
  void takesTheRowsOfSmallestHash(long rows, long size) {
    long[] expected =
        LongStream.range(0, rows)
            .boxed()
            .sorted((a, b) -> Long.compare(SplitMix.hash(42, a), SplitMix.hash(42, b)))
            .limit(size)
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    assertThat(SampleRows.of(rows, size, 42)).isEqualTo(expected);
  }

  @Test
  void aLargerSampleContainsASmallerOne() {
    assertThat(SampleRows.of(50_000, 2_000, 7)).contains(SampleRows.of(50_000, 500, 7));
  }

  @Test
  void isSpreadEvenly() {
    long inTheFirstHalf =
        Arrays.stream(SampleRows.of(1_000_000, 10_000, 1)).filter(row -> row < 500_000).count();
    assertThat(inTheFirstHalf).isBetween(4_750L, 5_250L); // five standard deviations
  }

  @Test
  void sizesFollowTheLevelAndTheMemory() {
    assertThat(SampleRows.size(1_000, 256, 64)).isEqualTo(1_000);
    assertThat(SampleRows.size(10_000_000, 256, 64)).isEqualTo(65_536);
    assertThat(SampleRows.size(10_000_000, 4_096, 64)).isEqualTo(256 * 4_096);
    assertThat(SampleRows.size(100_000_000, 65_536, 4_096) * 4_096 * 4).isLessThan(1L << 31);
  }

  @Test
  void refusesNegativeNumbers() {
    assertThatThrownBy(() -> SampleRows.of(-1, 5, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
