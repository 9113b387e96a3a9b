package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The last temperature of a balanced level's fit, in units of sigma: the level's mean squared error
 * unbalanced.
 */
public sealed interface Tau {
  /** The smallest number. */
  double MIN = 1e-6;

  /** The largest number. */
  double MAX = 1000;

  /** As the request writes it: {@code "auto"} or a number. */
  JsonNode toJson();

  /** The default schedule. */
  record Auto() implements Tau {
    @Override
    public JsonNode toJson() {
      return JsonNodeFactory.instance.textNode("auto");
    }
  }

  /**
   * A temperature of the user's.
   *
   * @param sigmas from {@value #MIN} to {@value #MAX}
   */
  record Fixed(double sigmas) implements Tau {
    public Fixed {
      if (!(sigmas >= MIN && sigmas <= MAX)) {
        throw new IllegalArgumentException(
            "tau (%s) must be from %s to %s.".formatted(sigmas, MIN, MAX));
      }
    }

    /**
     * The fewest digits that read back as the same number: Double.toString differs between Java 17
     * and 25.
     */
    @Override
    public JsonNode toJson() {
      BigDecimal exact = new BigDecimal(sigmas);
      for (int digits = 1; digits < 17; digits++) {
        BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        if (rounded.doubleValue() == sigmas) {
          return plain(rounded);
        }
      }
      return plain(exact.round(new MathContext(17, RoundingMode.HALF_EVEN)));
    }

    private static JsonNode plain(BigDecimal number) {
      BigDecimal stripped = number.stripTrailingZeros();
      return JsonNodeFactory.instance.numberNode(
          stripped.setScale(Math.max(stripped.scale(), 0), RoundingMode.UNNECESSARY));
    }
  }

  /**
   * Of what {@link #toJson()} returns.
   *
   * @throws IllegalArgumentException for a number out of range
   */
  static Tau of(JsonNode json) {
    return json.isNumber() ? new Fixed(json.doubleValue()) : new Auto();
  }
}
