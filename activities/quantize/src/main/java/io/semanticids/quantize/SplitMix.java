package io.semanticids.quantize;

/**
 * The splitmix64 mixing of Steele, Lea and Flood, "Fast splittable pseudorandom number generators"
 * (2014).
 */
final class SplitMix {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix(long seed) {
    this.state = seed;
  }

  /** A bijection of 64-bit numbers. */
  static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The hash of a row under a seed: different rows have different hashes. */
  static long hash(long seed, long row) {
    return mix(mix(seed) + (row + 1) * GOLDEN);
  }

  /** The next number in {@code [0, bound)}: {@code floor(u * bound)} for a 63-bit fraction u. */
  long below(long bound) {
    state += GOLDEN;
    long fraction = mix(state) >>> 1;
    return (Math.multiplyHigh(fraction, bound) << 1) | ((fraction * bound) >>> 63);
  }
}
