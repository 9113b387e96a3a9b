package io.semanticids.quantize;

/** Power-of-two scales. */
final class FixedPoint {
  private FixedPoint() {}

  /** The largest power of two f, within 2^-200 and 2^200, with {@code bound * f <= 2^bits}. */
  static double factor(double bound, int bits) {
    if (!(bound >= 0) || Double.isInfinite(bound)) {
      throw new IllegalArgumentException(
          "The largest norm (%s) must be finite and not negative.".formatted(bound));
    }
    int exponent = bits - (bound == 0 ? 0 : Math.getExponent(bound) + 1);
    if (bound == Math.scalb(1.0, bits - exponent - 1)) {
      exponent++;
    }
    return Math.scalb(1.0, Math.max(-200, Math.min(200, exponent)));
  }
}
