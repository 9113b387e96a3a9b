package io.semanticids.catalogue;

/**
 * Random bits as a function of a seed and a place: splitmix64 of their mix (Steele, Lea, Flood:
 * Fast splittable pseudorandom number generators, 2014). Integer arithmetic alone, so equal on
 * every machine and in any order.
 */
final class RowHash {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private RowHash() {}

  /** 64 random bits. */
  static long bits(long seed, long place) {
    return mix(seed + place * GOLDEN);
  }

  /** A seed of its own for one part of a row's randomness. */
  static long stream(long seed, long part) {
    return mix(mix(seed ^ part * 0xD1342543DE82EF95L) + GOLDEN);
  }

  /** Uniform in [0, 1): the upper 53 bits. */
  static double uniform(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }

  /**
   * Nearly normal with mean 0 and variance 1: the sum of the four 16-bit parts, scaled (Irwin-Hall
   * of order four). No value is beyond 3.5.
   */
  static float normal(long bits) {
    long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    return (sum - 131_070) * 2.6429e-5f;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
