package io.semanticids.balance;

/**
 * {@code exp(-e / tau)} for integer e, with the same bits on every machine: a table of {@code
 * 2^(-i/64)} and four terms of the series, in fixed order. {@link Math#exp} may differ between
 * machines in the last bit; {@link StrictMath#exp} is several times slower.
 */
final class Exponentials {
  private static final int STEPS = 64;
  private static final int OCTAVES = 26;
  private static final double STEP = StrictMath.log(2) / STEPS;
  private static final double[] TABLE = new double[STEPS * OCTAVES + 1];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      TABLE[i] = StrictMath.exp(-i * STEP);
    }
  }

  private final double perUnit;

  /** Values for this temperature, in the units of e. */
  Exponentials(double tau) {
    this.perUnit = 1 / (tau * STEP);
  }

  /** e below which {@link #of} may be asked: beyond it the value is less than 2^-25. */
  int limit() {
    return (int) Math.min(1 << 30, (STEPS * OCTAVES - 1) / perUnit);
  }

  /** The value for {@code 0 <= e <= limit()}; off by less than 1e-12. */
  double of(int e) {
    double steps = e * perUnit;
    int whole = (int) steps;
    double rest = (steps - whole) * STEP;
    return TABLE[whole] * (1 - rest * (1 - rest * (0.5 - rest * (1.0 / 6 - rest * (1.0 / 24)))));
  }
}
