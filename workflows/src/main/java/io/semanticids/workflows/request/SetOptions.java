package io.semanticids.workflows.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The command line's {@code --set key=value}. */
public final class SetOptions {
  private static final Set<String> STRINGS =
      Arrays.stream(BuildRequest.class.getRecordComponents())
          .filter(key -> Set.of(String.class, Scope.class, Duration.class).contains(key.getType()))
          .map(key -> key.getName())
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> LISTS = Set.of("size", "uniform");

  private SetOptions() {}

  /**
   * The request with each pair's value put in; later pairs win. Values of string keys are taken as
   * they stand, unless they are JSON strings or {@code null}; {@code text}, {@code size} and {@code
   * uniform} take lists by comma; other values are JSON, or strings where they are none. Keys that
   * do not exist are put in too: {@link RequestReader} names them together with everything else
   * that is wrong.
   *
   * @param request left unchanged; null for an empty one; anything but an object is returned as it
   *     is
   * @throws InvalidRequestException naming every pair that has no {@code =} or no key
   */
  public static JsonNode apply(@Nullable JsonNode request, List<String> pairs) {
    if (request != null && !request.isObject() && !request.isNull() && !request.isMissingNode()) {
      return request;
    }
    ObjectNode json = Json.object();
    if (request instanceof ObjectNode object) {
      json.setAll(object);
    }
    List<String> problems = new ArrayList<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String key = (equals < 0 ? pair : pair.substring(0, equals)).strip();
      if (equals < 0 || key.isEmpty()) {
        problems.add(malformed(pair, key));
      } else {
        json.set(key, value(key, pair.substring(equals + 1)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
    return json;
  }

  private static String malformed(String pair, String key) {
    String example =
        NearestName.of(key, BuildRequest.keys()).map("%s=…"::formatted).orElse("size=256");
    return "--set %s: write key=value, for example --set %s".formatted(Shown.word(pair), example);
  }

  private static JsonNode value(String key, String value) {
    if (STRINGS.contains(key)) {
      return value.startsWith("\"") || value.equals("null") ? scalar(value) : new TextNode(value);
    }
    if (key.equals("text")) {
      return value.startsWith("\"") || value.startsWith("[")
          ? scalar(value)
          : list(value, TextNode::new);
    }
    if (LISTS.contains(key) && value.contains(",") && !value.strip().startsWith("[")) {
      return list(value, SetOptions::scalar);
    }
    return scalar(value);
  }

  private static JsonNode list(String value, Function<String, JsonNode> element) {
    ArrayNode list = Json.object().arrayNode();
    Arrays.stream(value.split(",", -1)).map(String::strip).map(element).forEach(list::add);
    return list;
  }

  /**
   * JSON if it is some; integers that a double could not hold stay strings, as here no digit was
   * lost.
   */
  private static JsonNode scalar(String value) {
    try {
      JsonNode json = Json.MAPPER.readTree(value);
      boolean exact = !json.isIntegralNumber() || Math.abs(json.doubleValue()) < Json.EXACT;
      return exact && !json.isMissingNode() ? json : new TextNode(value);
    } catch (JsonProcessingException e) {
      return new TextNode(value);
    }
  }
}
