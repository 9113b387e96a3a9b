package io.semanticids.publish;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Locale;

/** Numbers and texts as people read them. */
final class Figures {
  private Figures() {}

  /** {@code 54,513,856}. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String whole(BigInteger value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 1 item}, {@code 2 items}. */
  static String count(long value, String thing) {
    return whole(value) + " " + thing + (value == 1 ? "" : "s");
  }

  static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  /** So many significant digits, without an exponent. */
  static String significant(double value, int digits) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    int scale = Math.max(0, rounded.stripTrailingZeros().scale());
    return String.format(Locale.ROOT, "%,." + scale + "f", rounded);
  }

  /** {@code 2.5e-05}; a plain 0 for 0. */
  static String scientific(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }

  /** {@code 82.71 %}; what is neither 0 nor 1 never looks like it. */
  static String percent(double rate) {
    if (rate > 0 && rate < 0.00005) {
      return "< 0.01 %";
    }
    if (rate < 1 && rate >= 0.99995) {
      return "> 99.99 %";
    }
    return String.format(Locale.ROOT, "%.2f %%", 100 * rate);
  }

  /**
   * At most so many characters, white space and control characters as single spaces, {@code …} for
   * the rest.
   */
  static String cut(String text, int max) {
    String clean = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    if (clean.codePointCount(0, clean.length()) <= max) {
      return clean;
    }
    return clean.substring(0, clean.offsetByCodePoints(0, max)).stripTrailing() + "…";
  }
}
