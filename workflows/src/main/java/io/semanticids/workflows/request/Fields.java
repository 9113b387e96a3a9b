package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of a request, key by key. A value that cannot be read is noted as a problem and its
 * default returned, so that the rest is still looked at. {@code null} means the default,
 * everywhere.
 */
final class Fields {
  private static final int MAX_NAME = 200;
  private static final int MAX_NAMES = 64;
  private static final Duration MAX_TIMEOUT = Duration.ofDays(365);

  private final JsonNode given;
  private final ObjectNode defaults = Defaults.json();
  private final List<String> problems;

  Fields(JsonNode given, List<String> problems) {
    this.given = given;
    this.problems = problems;
  }

  /** Reads one value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(JsonNode json) throws UnreadableValueException;
  }

  void problem(String key, String text) {
    problems.add(key + ": " + text);
  }

  boolean named(String key) {
    return !given.path(key).isMissingNode() && !given.path(key).isNull();
  }

  /** What the request says, or the key's default; a missing node if that is null. */
  JsonNode value(String key) {
    return named(key) ? given.get(key) : defaults.path(key);
  }

  /** Empty if the value is null, or a problem, which is noted. */
  <T> Optional<T> read(String key, Reader<T> reader) {
    JsonNode json = value(key);
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.read(json));
    } catch (UnreadableValueException e) {
      problem(key, e.getMessage());
      return Optional.empty();
    }
  }

  @Nullable String location(String key) {
    return read(key, Locations::read).orElse(null);
  }

  /** A field's name. */
  @Nullable String name(String key) {
    return read(key, Fields::name).orElse(null);
  }

  List<String> names(String key) {
    return read(key, Fields::names).orElse(List.of());
  }

  /** Any string of at most {@code max} characters, empty ones included. */
  @Nullable String string(String key, int max) {
    return read(key, json -> Values.text(json, max)).orElse(null);
  }

  @Nullable String choice(String key, List<String> choices) {
    return read(key, json -> choice(json, choices)).orElse(null);
  }

  @Nullable Boolean flag(String key) {
    return read(key, Values::flag).orElse(null);
  }

  @Nullable Integer whole(String key, int min, int max) {
    return read(key, json -> (int) Values.between(json, min, max)).orElse(null);
  }

  /** Any 64-bit integer. */
  long seed(String key) {
    return read(key, json -> Values.between(json, Long.MIN_VALUE, Long.MAX_VALUE))
        .orElse(Defaults.SEED);
  }

  Tau tau(String key) {
    return read(key, Fields::tau).orElse(new Tau.Auto());
  }

  Duration timeout(String key) {
    return read(key, Fields::timeout).orElse(Duration.parse(Defaults.QUEUE_TIMEOUT));
  }

  private static String name(JsonNode json) throws UnreadableValueException {
    String name = Values.text(json, MAX_NAME);
    if (name.isBlank()) {
      throw new UnreadableValueException(
          "\"%s\" is empty; write the name of a field.".formatted(Shown.word(name)));
    }
    return name;
  }

  private static List<String> names(JsonNode json) throws UnreadableValueException {
    if (!json.isArray()) {
      return List.of(name(json));
    }
    if (json.isEmpty() || json.size() > MAX_NAMES) {
      throw new UnreadableValueException(
          "%s lists %s fields; write 1 to %s."
              .formatted(Shown.json(json), Shown.number(json.size()), MAX_NAMES));
    }
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode element : json) {
      String name = name(element);
      if (!seen.add(name)) {
        throw new UnreadableValueException(
            "\"%s\" is listed twice; list each field once.".formatted(Shown.word(name)));
      }
      names.add(name);
    }
    return names;
  }

  private static String choice(JsonNode json, List<String> choices)
      throws UnreadableValueException {
    if (json.isTextual() && choices.contains(json.textValue())) {
      return json.textValue();
    }
    String nearest =
        json.isTextual()
            ? NearestName.of(json.textValue(), choices)
                .map("; did you mean %s?"::formatted)
                .orElse(".")
            : ".";
    throw new UnreadableValueException(
        "%s is not one of %s%s".formatted(Shown.json(json), String.join(", ", choices), nearest));
  }

  private static Tau tau(JsonNode json) throws UnreadableValueException {
    if (json.isTextual() && json.textValue().strip().equals("auto")) {
      return new Tau.Auto();
    }
    BigDecimal number = Values.decimal(json, "\"auto\" or a number");
    double sigmas = number.doubleValue();
    if (!(sigmas >= Tau.MIN && sigmas <= Tau.MAX)) {
      throw new UnreadableValueException(
          "%s is out of range; write \"auto\" or a number from 0.000001 to 1,000, in units of the level's mean squared error."
              .formatted(Shown.json(json)));
    }
    return new Tau.Fixed(sigmas);
  }

  private static Duration timeout(JsonNode json) throws UnreadableValueException {
    String example = "write an ISO-8601 duration such as PT30M or PT2H.";
    try {
      Duration timeout = Duration.parse(json.isTextual() ? json.textValue().strip() : "");
      if (timeout.compareTo(Duration.ofSeconds(1)) >= 0 && timeout.compareTo(MAX_TIMEOUT) <= 0) {
        return timeout;
      }
    } catch (DateTimeParseException e) {
      throw new UnreadableValueException(
          "%s is not a duration; %s".formatted(Shown.json(json), example));
    }
    throw new UnreadableValueException(
        "%s is not between a second and 365 days; %s".formatted(Shown.json(json), example));
  }
}
