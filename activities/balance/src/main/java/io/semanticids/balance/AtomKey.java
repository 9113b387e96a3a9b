package io.semanticids.balance;

/**
 * A 64-bit hash of a row's integer costs. Rows of equal costs are one and the same to the
 * assignment problem, whether their vectors are equal or not. Its low 16 bits are a hash of the
 * first few costs alone, so that most rows need not be hashed as a whole.
 */
final class AtomKey {
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  static final int LOW = 0xFFFF;

  /** Costs that the low bits tell apart. */
  private static final int FEW = 4;

  private AtomKey() {}

  /** The low bits of {@link #of}: 0 to 65,535. */
  static int beginning(int[] scores, int from, int[] potentials) {
    long hash = 1;
    for (int k = 0; k < Math.min(FEW, potentials.length); k++) {
      hash = (hash ^ (scores[from + k] + potentials[k])) * FACTOR;
      hash ^= hash >>> 32;
    }
    return (int) (mix(hash) & LOW);
  }

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
    long whole = mix(mix(mix(mix(a) ^ b) ^ c) ^ d);
    return whole & ~(long) LOW | beginning(scores, from, potentials);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
