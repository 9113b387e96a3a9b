package io.semanticids.store;

import java.nio.ByteBuffer;

/**
 * IEEE 754 binary16, which Java 17 knows no type for: one sign bit, five of exponent (bias 15), ten
 * of fraction.
 *
 * <p>Widening is exact. Narrowing rounds to the nearest, ties to even; beyond 65,504 + 16 it gives
 * infinity.
 */
public final class HalfFloats {
  private static final float[] WIDE = new float[1 << 16];

  static {
    for (int bits = 0; bits < WIDE.length; bits++) {
      WIDE[bits] = widen(bits);
    }
  }

  private HalfFloats() {}

  private static float widen(int bits) {
    int exponent = (bits >> 10) & 31;
    int fraction = bits & 0x3ff;
    int sign = (bits & 0x8000) << 16;
    if (exponent == 31) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << 13));
    }
    float size =
        exponent == 0
            ? Math.scalb((float) fraction, -24)
            : Math.scalb((float) (fraction + 1024), exponent - 25);
    return sign == 0 ? size : -size;
  }

  /** The value of sixteen bits. */
  public static float toFloat(short bits) {
    return WIDE[bits & 0xffff];
  }

  /** The sixteen bits nearest to a value. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int size = bits & 0x7fffffff;
    if (size > 0x7f800000) {
      return (short) (sign | 0x7e00);
    }
    if (size
        >= 0x477ff000) { // 65,520: half way between the largest value and the next power of two
      return (short) (sign | 0x7c00);
    }
    if (size >= 0x38800000) { // 2^-14: normal in both
      int rounded = size + 0xfff + ((size >> 13) & 1);
      return (short) (sign | ((rounded - 0x38000000) >> 13));
    }
    // Below 2^-14 the steps are 2^-24 wide; the float addition of 0.5 = 2^23 such steps rounds to
    // them, ties to even.
    int steps =
        Float.floatToRawIntBits(Float.intBitsToFloat(size) + 0.5f) - Float.floatToRawIntBits(0.5f);
    return (short) (sign | steps);
  }

  /**
   * Narrows {@code source[from .. from + count)} into {@code target} at its position, in its byte
   * order, and moves the position by {@code 2 count}.
   */
  public static void encode(float[] source, int from, int count, ByteBuffer target) {
    for (int i = from; i < from + count; i++) {
      target.putShort(of(source[i]));
    }
  }
}
