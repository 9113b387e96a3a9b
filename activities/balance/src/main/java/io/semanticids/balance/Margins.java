package io.semanticids.balance;

/**
 * Bins of margins: four an octave. The margin of a move from code j to code k is {@code (cost_k -
 * g_k) - (cost_j - g_j)}; it is not negative at the start, where j is the best code, and below
 * 2^30.
 */
final class Margins {
  static final int BINS = 120;

  private Margins() {}

  static int bin(int margin) {
    if (margin < 4) {
      return margin;
    }
    int octave = 31 - Integer.numberOfLeadingZeros(margin);
    return Math.min(BINS - 1, (octave - 1) * 4 + ((margin >>> (octave - 2)) & 3));
  }

  /** The least margin of a bin. */
  static long edge(int bin) {
    if (bin < 4) {
      return bin;
    }
    int octave = bin / 4 + 1;
    return (4L + bin % 4) << (octave - 2);
  }
}
