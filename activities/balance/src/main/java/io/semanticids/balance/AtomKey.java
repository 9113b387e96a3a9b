package io.semanticids.balance;

/**
 * A 64-bit hash of a row's integer costs. Rows of equal costs are one and the same to the
 * assignment problem, whether their vectors are equal or not.
 */
final class AtomKey {
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private AtomKey() {}

  /** Of the costs {@code scores[from + k] + potentials[k]}. */
  static long of(int[] scores, int from, int[] potentials) {
    int size = potentials.length;
    long a = 1;
    long b = 2;
    long c = 3;
    long d = 4;
    int k = 0;
    for (; k + 3 < size; k += 4) {
      a = (a ^ (scores[from + k] + potentials[k])) * FACTOR;
      b = (b ^ (scores[from + k + 1] + potentials[k + 1])) * FACTOR;
      c = (c ^ (scores[from + k + 2] + potentials[k + 2])) * FACTOR;
      d = (d ^ (scores[from + k + 3] + potentials[k + 3])) * FACTOR;
      a ^= a >>> 32;
      b ^= b >>> 32;
      c ^= c >>> 32;
      d ^= d >>> 32;
    }
    for (; k < size; k++) {
      a = (a ^ (scores[from + k] + potentials[k])) * FACTOR;
      a ^= a >>> 32;
    }
    return mix(mix(mix(mix(a) ^ b) ^ c) ^ d);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
