package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What {@code levels}, {@code size} and {@code uniform} say together.
 *
 * @param size codes of each level
 * @param uniform whether each level is balanced
 */
record Levels(List<Integer> size, List<Boolean> uniform) {
  /** The letters of a semantic ID: {@code <a_12><b_201>…}. */
  static final int MAX_LEVELS = 26;

  /** The most codes of a level. */
  static final int MAX_SIZE = 65_536;

  /** The most codes of a balanced level: its fit keeps size x size numbers. */
  static final int MAX_BALANCED = 4_096;

  Levels {
    size = List.copyOf(size);
    uniform = List.copyOf(uniform);
  }

  /** Where something is wrong it is noted in {@code fields}, and what is returned means nothing. */
  static Levels read(Fields fields) {
    List<Integer> sizes =
        fields
            .read("size", json -> list(json, "size", e -> (int) Values.between(e, 1, MAX_SIZE)))
            .orElse(List.of());
    List<Boolean> switches =
        fields.read("uniform", json -> list(json, "uniform", Values::flag)).orElse(List.of(false));
    Integer levels = fields.whole("levels", 1, MAX_LEVELS);
    if (sizes.isEmpty() || levels == null) {
      return new Levels(List.of(1), List.of(false));
    }
    boolean listed = elements(fields.value("size")).isArray();
    if (listed && fields.named("levels") && sizes.size() != levels) {
      fields.problem(
          "levels",
          "%s, but size lists %s (%s); leave levels out, it follows the list."
              .formatted(levels, sizes.size(), Shown.json(fields.value("size"))));
    }
    int count = listed ? sizes.size() : levels;
    JsonNode listedSwitches = elements(fields.value("uniform"));
    // A list with a problem has been reported already.
    boolean whole = listedSwitches.isArray() && listedSwitches.size() == switches.size();
    if (whole && switches.size() != count) {
      fields.problem(
          "uniform",
          "%s lists %s, but there %s; write one for each, or true or false for all."
              .formatted(
                  Shown.json(fields.value("uniform")),
                  switches.size(),
                  count == 1 ? "is 1 level" : "are " + count + " levels"));
      return new Levels(List.of(1), List.of(false));
    }
    Levels read = new Levels(repeat(sizes, count), repeat(switches, count));
    read.check(fields);
    return read;
  }

  /** One value for all, or the list as it is. */
  static <T> List<T> repeat(List<T> values, int count) {
    return values.size() == 1 ? Collections.nCopies(count, values.get(0)) : values;
  }

  private void check(Fields fields) {
    String tooLarge =
        IntStream.range(0, size.size())
            .filter(level -> uniform.get(level) && size.get(level) > MAX_BALANCED)
            .mapToObj(level -> "%s at level %s".formatted(Shown.number(size.get(level)), level + 1))
            .collect(Collectors.joining(", "));
    if (!tooLarge.isEmpty()) {
      fields.problem(
          "size",
          "%s: more than %s codes cannot be balanced, as the fit keeps size x size numbers; lower it, or let uniform be false there."
              .formatted(tooLarge, Shown.number(MAX_BALANCED)));
    }
    BigInteger paths =
        size.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    if (paths.bitLength() > 63) {
      fields.problem(
          "size",
          "%s make more than 2^63 - 1 paths, and a path's number would not fit 64 bits; take fewer or smaller levels."
              .formatted(Shown.word(size.toString())));
    }
  }

  /** A value or one each level; {@code 100,48,30} in a string is a list too. */
  private static <T> List<T> list(JsonNode json, String key, Fields.Reader<T> reader)
      throws UnreadableValueException {
    JsonNode elements = elements(json);
    if (!elements.isArray()) {
      if (!elements.isValueNode()) {
        throw new UnreadableValueException(
            "%s is not a value or a list of them; write %s."
                .formatted(
                    Shown.json(json),
                    key.equals("size") ? "256 or [100,48,30]" : "true or [false,false,true]"));
      }
      return List.of(reader.read(elements));
    }
    if (elements.isEmpty() || elements.size() > MAX_LEVELS) {
      throw new UnreadableValueException(
          "%s lists %s; write one for each level, of which there may be 1 to %s."
              .formatted(Shown.json(json), Shown.number(elements.size()), MAX_LEVELS));
    }
    List<T> values = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (JsonNode element : elements) {
      try {
        values.add(reader.read(element));
      } catch (UnreadableValueException e) {
        wrong.add("value %s, %s".formatted(values.size() + wrong.size() + 1, e.getMessage()));
      }
    }
    if (!wrong.isEmpty()) {
      throw new UnreadableValueException(Shown.cut(String.join(" ", wrong), 300));
    }
    return values;
  }

  private static JsonNode elements(JsonNode json) {
    if (!json.isTextual() || !json.textValue().contains(",")) {
      return json;
    }
    ArrayNode parts = Json.object().arrayNode();
    for (String part : Shown.cut(json.textValue(), 2000).split(",", -1)) {
      parts.add(part.strip());
    }
    return parts;
  }
}
