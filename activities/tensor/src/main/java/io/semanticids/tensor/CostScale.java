package io.semanticids.tensor;

/**
 * The fixed point of costs: an integer cost is {@code rint(factor * D)} with a power-of-two {@code
 * factor}, so that sums and comparisons of costs are exact.
 *
 * <p>{@code D = |c|^2 - 2 r.c} lies within {@code [-2 R M, M^2 + 2 R M]} for row norms up to R and
 * codeword norms up to M; the factor is the largest power of two that keeps {@code |factor * D|}
 * below 2^27, so costs fit an int and sums over 2^26 rows stay below 2^53.
 */
public record CostScale(double factor) {
  private static final double LIMIT = 1 << 27;

  public CostScale {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("The factor (%s) must be positive.".formatted(factor));
    }
  }

  /** The scale for rows of norm at most {@code maxRowNorm} against these codewords. */
  public static CostScale of(double maxRowNorm, Codewords codewords) {
    double norm = codewords.maxNorm();
    double bound = Math.max(norm * norm + 2 * maxRowNorm * norm, Double.MIN_NORMAL);
    int exponent = (int) Math.floor(Math.log(LIMIT / bound) / Math.log(2));
    return new CostScale(Math.scalb(1.0, Math.max(-100, Math.min(100, exponent))));
  }

  /** The integer cost of a real one. */
  public long toFixed(double cost) {
    return (long) Math.rint(cost * factor);
  }

  /** The real cost of an integer one. */
  public double toReal(long cost) {
    return cost / factor;
  }
}
