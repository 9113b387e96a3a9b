package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/**
 * Reads single values the way they arrive: from forms, command lines and tools that know only
 * doubles.
 */
final class Values {
  private static final int MAX_DIGITS = 60;
  private static final BigInteger EXACT = BigInteger.valueOf(Json.EXACT);

  private Values() {}

  /** A whole number: {@code 3}, {@code 3.0} or {@code "3"}. */
  private static BigInteger whole(JsonNode json) throws UnreadableValueException {
    BigDecimal number = decimal(json, "a whole number");
    if (number.stripTrailingZeros().scale() > 0) {
      throw new UnreadableValueException("%s is not a whole number.".formatted(Shown.json(json)));
    }
    return number.toBigIntegerExact();
  }

  /**
   * A whole number in a range.
   *
   * @throws UnreadableValueException also for a JSON number beyond 2^53: one cannot see whether
   *     digits were lost
   */
  static long between(JsonNode json, long min, long max) throws UnreadableValueException {
    BigInteger whole = whole(json);
    if (whole.compareTo(BigInteger.valueOf(min)) < 0) {
      throw new UnreadableValueException(
          "%s is too small; the least is %s.".formatted(Shown.json(json), Shown.number(min)));
    }
    if (whole.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new UnreadableValueException(
          "%s is too large; the most is %s.".formatted(Shown.json(json), Shown.number(max)));
    }
    if (json.isNumber() && whole.abs().compareTo(EXACT) > 0) {
      throw new UnreadableValueException(
          "%s is beyond 2^53, where JSON numbers lose digits on their way; write it in quotes."
              .formatted(Shown.json(json)));
    }
    return whole.longValueExact();
  }

  /**
   * A number, or a string that holds one.
   *
   * @param wanted for the message, with its article
   */
  static BigDecimal decimal(JsonNode json, String wanted) throws UnreadableValueException {
    if (json.isNumber() || json.isTextual()) {
      String digits = json.asText().strip();
      try {
        // Bounded before it is computed with: 1e999999999 is short to write and long to expand.
        BigDecimal number = new BigDecimal(digits.length() > MAX_DIGITS ? "" : digits);
        if (Math.abs((long) number.scale()) <= 400) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Falls through to the one message: NaN, Infinity, words.
      }
    }
    throw new UnreadableValueException("%s is not %s.".formatted(Shown.json(json), wanted));
  }

  /** {@code true}, {@code false}, or a string that holds one of them. */
  static boolean flag(JsonNode json) throws UnreadableValueException {
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    return switch (json.isTextual() ? json.textValue().strip().toLowerCase(Locale.ROOT) : "") {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new UnreadableValueException(
              "%s is neither true nor false.".formatted(Shown.json(json)));
    };
  }

  /**
   * A string of 1 to {@code max} characters.
   *
   * @throws UnreadableValueException also for half a surrogate pair, which no UTF-8 can hold
   */
  static String text(JsonNode json, int max) throws UnreadableValueException {
    if (!json.isTextual()) {
      throw new UnreadableValueException(
          json.isValueNode()
              ? "%s is not a string; write it in quotes.".formatted(Shown.json(json))
              : "%s is not a string.".formatted(Shown.json(json)));
    }
    String text = json.textValue();
    if (text.length() > max) {
      throw new UnreadableValueException(
          "%s is too long: %s characters, of at most %s."
              .formatted(Shown.json(json), Shown.number(text.length()), Shown.number(max)));
    }
    if (text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF)) {
      throw new UnreadableValueException(
          "%s is not valid Unicode: it holds half a surrogate pair.".formatted(Shown.json(json)));
    }
    return text;
  }
}
