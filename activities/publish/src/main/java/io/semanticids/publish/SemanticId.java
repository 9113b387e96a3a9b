package io.semanticids.publish;

/**
 * How codes are written: {@code <a_12><b_201><c_7>}, one token a level.
 *
 * <p>Levels are lettered a … z, then aa, ab, … (as columns of a spreadsheet are).
 */
public final class SemanticId {
  private SemanticId() {}

  /** The token of a code: {@code <b_201>} for level 2. Levels count from 1. */
  public static String token(int level, int code) {
    return "<" + letters(level) + "_" + code + ">";
  }

  /** The tokens of all levels, in order, without anything between them. */
  public static String of(int... codes) {
    StringBuilder text = new StringBuilder(8 * codes.length);
    for (int level = 0; level < codes.length; level++) {
      text.append('<').append(letters(level + 1)).append('_').append(codes[level]).append('>');
    }
    return text.toString();
  }

  /** The letters of a level that counts from 1: a for 1, z for 26, aa for 27. */
  static String letters(int level) {
    if (level < 1) {
      throw new IllegalArgumentException("The level (%d) counts from 1.".formatted(level));
    }
    StringBuilder letters = new StringBuilder(2);
    for (int rest = level; rest > 0; rest = (rest - 1) / 26) {
      letters.append((char) ('a' + (rest - 1) % 26));
    }
    return letters.reverse().toString();
  }
}
