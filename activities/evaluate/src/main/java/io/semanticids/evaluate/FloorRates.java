package io.semanticids.evaluate;

import java.math.BigInteger;

/**
 * The lowest collision rates ({@code 1 - paths used / items}) that codebooks can have.
 *
 * <p>With {@code n} items and {@code P} paths, at most {@code min(n, P)} paths are used, so no
 * assignment collides less than {@code max(0, 1 - P / n)} (pigeonhole). A rule that maps vectors to
 * codes gives equal vectors equal paths, so it uses at most as many paths as there are distinct
 * vectors (duplicates). Items thrown independently and uniformly leave {@code P (1 - (1 - 1/P)^n)}
 * paths used in expectation: what codes without any structure would reach.
 */
public final class FloorRates {
  private FloorRates() {}

  /** All three, for {@code items} training items of which {@code distinct} vectors differ. */
  public static Report.Floors of(long items, long distinct, PathSpace space) {
    return new Report.Floors(
        duplicates(items, distinct), pigeonhole(items, space), uniformRandom(items, space));
  }

  /** {@code 1 - distinct / items}, a rate in [0, 1); 0 without items. */
  public static double duplicates(long items, long distinct) {
    if (distinct < 0 || distinct > items) {
      throw new IllegalArgumentException(
          "%d items cannot have %d distinct vectors.".formatted(items, distinct));
    }
    return items == 0 ? 0 : (double) (items - distinct) / items;
  }

  /** {@code 1 - P/n}, a rate in [0, 1); 0 when there are at least as many paths as items. */
  public static double pigeonhole(long items, PathSpace space) {
    BigInteger paths = space.paths();
    if (paths.compareTo(BigInteger.valueOf(items)) >= 0) {
      return 0;
    }
    return (double) (items - paths.longValueExact()) / items;
  }

  /**
   * {@code 1 - (P/n) (1 - (1 - 1/P)^n)}, to nearly full precision for any n and P.
   *
   * @return a rate in [0, 1); 0 for at most one item
   */
  public static double uniformRandom(long items, PathSpace space) {
    if (items <= 1) {
      return 0;
    }
    double n = items;
    double paths = space.paths().doubleValue();
    if (n < 1e-3 * paths) {
      // Far more paths than items: the closed form cancels. (1 - 1/P)^n expanded: sum of (-1)^k
      // C(n, k+1) / (n P^k).
      double term = 1;
      double sum = 0;
      for (int k = 1; k <= 6; k++) {
        term *= -(n - k) / ((k + 1) * paths);
        sum -= term;
      }
      return sum;
    }
    double unused = StrictMath.expm1(n * StrictMath.log1p(-1 / paths));
    return Math.max(0, 1 + paths / n * unused);
  }
}
