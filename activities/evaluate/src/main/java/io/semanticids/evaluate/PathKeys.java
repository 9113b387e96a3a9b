package io.semanticids.evaluate;

import java.math.BigInteger;
import java.util.List;

/**
 * One number for each item's path: equal exactly where the paths are equal, and in the order of the
 * paths.
 *
 * <p>The codes are the digits of a number of mixed base ({@code key = key * K_l + code_l}). Where
 * that would pass 2^63, the keys so far are first replaced by their ranks among the distinct ones,
 * which keeps equality and order and is less than 2^31, so any number of levels of any size fits.
 */
public final class PathKeys {
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(63);

  private PathKeys() {}

  /**
   * Keys of all items: 8 bytes an item.
   *
   * @param codes {@code L x n}: {@code codes[level][item]} in {@code [0, sizes[level])}
   * @param sizes one size a level
   */
  public static long[] of(int[][] codes, List<Integer> sizes) {
    PathSpace space = new PathSpace(sizes);
    if (codes.length != sizes.size()) {
      throw new IllegalArgumentException(
          "Codes of %d levels were given for %d sizes.".formatted(codes.length, sizes.size()));
    }
    long[] keys = new long[codes[0].length];
    BigInteger bound = BigInteger.ONE;
    for (int level = 0; level < codes.length; level++) {
      BigInteger size = BigInteger.valueOf(space.sizes().get(level));
      if (bound.multiply(size).compareTo(LIMIT) > 0) {
        bound = BigInteger.valueOf(rank(keys));
      }
      append(keys, codes[level], size.intValueExact(), level);
      bound = bound.multiply(size);
    }
    return keys;
  }

  /** The codes of a key whose levels' product of sizes is at most 2^63. */
  static int[] codes(long key, List<Integer> sizes) {
    int[] codes = new int[sizes.size()];
    long rest = key;
    for (int level = codes.length - 1; level >= 0; level--) {
      codes[level] = Math.toIntExact(rest % sizes.get(level));
      rest /= sizes.get(level);
    }
    return codes;
  }

  private static void append(long[] keys, int[] codes, int size, int level) {
    if (codes.length != keys.length) {
      throw new IllegalArgumentException(
          "Level %d has %d codes for %d items.".formatted(level + 1, codes.length, keys.length));
    }
    for (int i = 0; i < keys.length; i++) {
      int code = codes[i];
      if (code < 0 || code >= size) {
        throw new IllegalArgumentException(
            "The code (%d) of item %d at level %d must lie in [0, %d)."
                .formatted(code, i, level + 1, size));
      }
      keys[i] = keys[i] * size + code;
    }
  }

  /** Replaces keys by their ranks; returns the number of distinct ones (at least 1). */
  private static long rank(long[] keys) {
    long[] rank = {0};
    PathOrder.of(keys)
        .forEachPath(
            (rows, from, to) -> {
              for (int i = from; i < to; i++) {
                keys[rows[i]] = rank[0];
              }
              rank[0]++;
            });
    return Math.max(1, rank[0]);
  }
}
