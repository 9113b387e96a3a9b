package io.semanticids.evaluate;

/** The guards of this package's records. */
final class Check {
  private Check() {}

  static void rate(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("%s (%s) must lie in [0, 1].".formatted(name, value));
    }
  }

  static void count(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("%s (%d) must not be negative.".formatted(name, value));
    }
  }

  static void figure(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s (%s) must be finite and not negative.".formatted(name, value));
    }
  }
}
