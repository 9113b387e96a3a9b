package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** How the request's values stand in JSON. */
final class Json {
  /** The largest integer that no other becomes where JSON numbers are doubles: 2^53 - 1. */
  static final long EXACT = (1L << 53) - 1;

  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A number, or a string where a number could lose digits. */
  static JsonNode whole(long number) {
    return number < -EXACT || number > EXACT
        ? JsonNodeFactory.instance.textNode(Long.toString(number))
        : JsonNodeFactory.instance.numberNode(number);
  }

  static long whole(JsonNode json) {
    return json.isTextual() ? Long.parseLong(json.textValue()) : json.longValue();
  }

  static @Nullable String text(JsonNode json, String key) {
    return json.path(key).textValue();
  }

  static @Nullable Integer number(JsonNode json, String key) {
    return json.path(key).isNumber() ? (Integer) json.get(key).intValue() : null;
  }

  /** The elements of an array, or the one value that stands for it. */
  static <T> List<T> list(JsonNode json, Function<JsonNode, T> value) {
    return json.isArray()
        ? StreamSupport.stream(json.spliterator(), false).map(value).toList()
        : List.of(value.apply(json));
  }
}
