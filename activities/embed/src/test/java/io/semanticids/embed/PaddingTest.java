package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaddingTest {
  private static final int LONG = 32_768;

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "15,15",
    "16,16",
    "17,18",
    "24,24",
    "31,32",
    "33,36",
    "65,72",
    "129,144",
    "255,256",
    "257,272",
    "1700,1712",
    "32767,32768"
  })
  void onAProcessor(int tokens, int padded) {
    assertThat(Padding.PROCESSOR.padded(tokens)).isEqualTo(padded);
  }

  @ParameterizedTest
  @EnumSource
  void aPaddedLengthStaysAsItIs(Padding padding) {
    for (int tokens = 1; tokens <= LONG; tokens++) {
      int padded = padding.padded(tokens);
      assertThat(padded).isGreaterThanOrEqualTo(tokens);
      assertThat(padding.padded(padded)).isEqualTo(padded);
    }
  }

  @Test
  void littleIsPaddedAndLengthsAreFew() {
    for (int tokens = 1; tokens <= LONG; tokens++) {
      int padding = Padding.PROCESSOR.padded(tokens) - tokens;
      assertThat(padding).isLessThan(16);
      assertThat(8 * padding).isLessThanOrEqualTo(tokens);
    }
    assertThat(IntStream.rangeClosed(1, 2_048).map(Padding.PROCESSOR::padded).distinct().count())
        .isEqualTo(160);
  }

  @Test
  void onAGpuLengthsAreMultiplesOf16() {
    assertThat(IntStream.of(1, 16, 17, 40).map(Padding.GPU::padded).toArray())
        .containsExactly(16, 16, 32, 48);
  }
}
