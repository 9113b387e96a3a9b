package io.semanticids.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Says that a part is done and which object holds it.
 *
 * @param part its number, from 0
 * @param rows the number of rows
 * @param bytes the object's length
 * @param sha256 of the object's bytes, 64 hexadecimal digits
 * @param object the object's name inside the artifact's folder
 * @param seconds how long the writing took; a hint for people
 * @param facts what the writer told its readers
 */
public record PartMarker(
    int part, long rows, long bytes, String sha256, String object, double seconds, JsonNode facts) {
  static final int FORMAT = 1;

  public PartMarker {
    requireNonNull(facts, "facts");
    if (part < 0 || rows < 0 || bytes < 0 || !(seconds >= 0)) {
      throw new IllegalArgumentException(
          "Part (%d), rows (%d), bytes (%d) and seconds (%s) must not be negative."
              .formatted(part, rows, bytes, seconds));
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "The SHA-256 (%s) must be 64 hexadecimal digits.".formatted(sha256));
    }
    if (object.isEmpty() || object.indexOf('/') >= 0) {
      throw new IllegalArgumentException("The object (%s) must be a plain name.".formatted(object));
    }
  }

  /** The marker's name in its folder. */
  public static String name(int part) {
    return "part-%05d.json".formatted(part);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT).put("part", part).put("rows", rows).put("bytes", bytes);
    json.put("sha256", sha256).put("object", object).put("seconds", seconds);
    json.set("facts", facts);
    return json;
  }

  /**
   * @throws IllegalArgumentException if it is not a marker of this format
   */
  static PartMarker of(JsonNode json) {
    if (json.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException(
          "its format is (%s), this version reads (%d)".formatted(json.path("format"), FORMAT));
    }
    return new PartMarker(
        json.path("part").asInt(-1),
        json.path("rows").asLong(-1),
        json.path("bytes").asLong(-1),
        json.path("sha256").asText(),
        json.path("object").asText(),
        json.path("seconds").asDouble(-1),
        json.path("facts"));
  }
}
