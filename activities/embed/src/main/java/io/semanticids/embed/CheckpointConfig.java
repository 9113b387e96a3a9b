package io.semanticids.embed;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint's {@code config.json}. Readers ask for what they need; what is missing or of another
 * kind is noted, and {@link #problems} has it all in the end. A value that is noted as a problem
 * reads as 1.
 */
final class CheckpointConfig {
  private final JsonObject json;
  private final List<String> problems = new ArrayList<>();

  CheckpointConfig(JsonObject json) {
    this.json = json;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  void problem(String problem) {
    problems.add("config.json: " + problem);
  }

  String family() {
    return text("model_type").orElse("(none)");
  }

  Optional<String> text(String key) {
    return primitive(json, key).filter(JsonPrimitive::isString).map(JsonPrimitive::getAsString);
  }

  /** A positive whole number. */
  int count(String key) {
    Optional<Integer> found = optionalCount(key);
    if (found.isEmpty()) {
      problem("%s must be a positive whole number, but is %s.".formatted(key, json.get(key)));
    }
    return found.orElse(1);
  }

  Optional<Integer> optionalCount(String key) {
    return primitive(json, key)
        .filter(JsonPrimitive::isNumber)
        .map(JsonPrimitive::getAsDouble)
        .filter(number -> number >= 1 && number <= Integer.MAX_VALUE && number == Math.rint(number))
        .map(Double::intValue);
  }

  /** The (first) end-of-text token of a vocabulary; 0 when none is named. */
  int endToken(int vocabulary) {
    JsonElement found = json.get("eos_token_id");
    if (found instanceof JsonArray array && !array.isEmpty()) {
      found = array.get(0);
    }
    if (found instanceof JsonPrimitive number && number.isNumber()) {
      double token = number.getAsDouble();
      return token >= 0 && token < vocabulary && token == Math.rint(token) ? (int) token : 0;
    }
    return 0;
  }

  /** A positive number. */
  double number(String key) {
    return positive(json, key)
        .orElseGet(
            () -> {
              problem("%s must be a positive number, but is %s.".formatted(key, json.get(key)));
              return 1.0;
            });
  }

  /** Notes a problem unless the value is missing, null or the one given. */
  void only(String key, String value) {
    JsonElement found = json.get(key);
    if (found == null || found.isJsonNull()) {
      return;
    }
    String text = found.isJsonPrimitive() ? found.getAsString() : found.toString();
    if (!text.equals(value)) {
      problem("%s is %s, which is not supported (only %s is).".formatted(key, text, value));
    }
  }

  /** Notes a problem unless the value is missing or null. */
  void absent(String key) {
    JsonElement found = json.get(key);
    if (found != null && !found.isJsonNull()) {
      problem("%s is %s, which is not supported (only null is).".formatted(key, found));
    }
  }

  /**
   * The base of the rotary positions: {@code rope_theta} as transformers 5 writes it (in {@code
   * rope_parameters}, per kind of layer or for all) or as older ones do.
   *
   * @param kind a kind of layer, such as {@code full_attention}
   * @param older the older, flat key
   */
  double rotaryBase(String kind, String older) {
    JsonObject parameters = object(json, "rope_parameters").orElse(new JsonObject());
    JsonObject mine = object(parameters, kind).orElse(parameters);
    Optional<String> type = primitive(mine, "rope_type").map(JsonPrimitive::getAsString);
    if (type.isPresent() && !type.get().equals("default")) {
      problem(
          "rope_parameters of %s are of type %s, which is not supported (only default is)."
              .formatted(kind, type.get()));
    }
    return positive(mine, "rope_theta").orElseGet(() -> number(older));
  }

  /** The texts of a list; empty when there is no such list. */
  List<String> texts(String key) {
    if (!(json.get(key) instanceof JsonArray array)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonElement element : array) {
      texts.add(element.isJsonPrimitive() ? element.getAsString() : element.toString());
    }
    return texts;
  }

  private static Optional<Double> positive(JsonObject in, String key) {
    return primitive(in, key)
        .filter(JsonPrimitive::isNumber)
        .map(JsonPrimitive::getAsDouble)
        .filter(number -> number > 0 && Double.isFinite(number));
  }

  private static Optional<JsonObject> object(JsonObject in, String key) {
    return in.get(key) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  private static Optional<JsonPrimitive> primitive(JsonObject in, String key) {
    return in.get(key) instanceof JsonPrimitive primitive
        ? Optional.of(primitive)
        : Optional.empty();
  }
}
