package io.semanticids.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatsTest {
  /** Values of IEEE 754-2019, table 3.5 and what follows from it. */
  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x8000, -0.0",
    "0x0001, 5.9604644775390625e-8",
    "0x03ff, 6.097555160522461e-5",
    "0x0400, 6.103515625e-5",
    "0x3555, 0.333251953125",
    "0x3bff, 0.99951171875",
    "0x3c00, 1",
    "0x3c01, 1.0009765625",
    "0xc000, -2",
    "0x7bff, 65504",
    "0x7c00, Infinity",
    "0xfc00, -Infinity",
    "0x7e00, NaN",
  })
  void knownValues(String bits, Float value) {
    short half = (short) Integer.decode(bits).intValue();
    assertThat(HalfFloats.toFloat(half)).isEqualTo(value);
    assertThat(HalfFloats.of(value)).isEqualTo(half);
  }

  @Test
  void everyHalfSurvivesTheWayThere() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfFloats.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(HalfFloats.of(value)).isEqualTo((short) bits);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "65519.996, 0x7bff", // just below half way to the next power of two
    "65520, 0x7c00",
    "1e30, 0x7c00",
    "1.00048828125, 0x3c00", // half way: to even
    "1.00146484375, 0x3c02", // half way: to even
    "2.98023223876953125e-8, 0x0000", // half of the smallest
    "2.9802326e-8, 0x0001",
    "8.94069671630859375e-8, 0x0002", // one and a half of the smallest: to even
    "1e-40, 0x0000",
    "6.1005353927612305e-5, 0x0400", // half way between the largest subnormal and the smallest
    // normal
  })
  void narrowingRoundsToTheNearest(float value, String bits) {
    assertThat(HalfFloats.of(value) & 0xffff).isEqualTo(Integer.decode(bits));
    assertThat(HalfFloats.of(-value) & 0xffff).isEqualTo(Integer.decode(bits) | 0x8000);
  }

  @Test
  void noHalfIsNearer() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      float value =
          (float) (Math.exp(random.nextDouble() * 28 - 17) * (random.nextBoolean() ? 1 : -1));
      int bits = HalfFloats.of(value) & 0x7fff;
      double error = Math.abs(Math.abs(value) - HalfFloats.toFloat((short) bits));
      for (int neighbour : new int[] {Math.max(bits - 1, 0), bits + 1}) {
        double other = Math.abs(Math.abs(value) - HalfFloats.toFloat((short) neighbour));
        assertThat(error).as("%s", value).isLessThanOrEqualTo(other);
      }
    }
  }

  @Test
  void encodingKeepsTheBuffersOrder() {
    ByteBuffer target = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
    HalfFloats.encode(new float[] {9, 1, -2, 0.5f}, 1, 3, target);
    assertThat(target.array()).containsExactly(0x00, 0x3c, 0x00, 0xc0, 0x00, 0x38);
  }
}
