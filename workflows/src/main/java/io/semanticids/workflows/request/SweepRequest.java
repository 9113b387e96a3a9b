package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A request with lists for some of its keys: one run for each combination.
 *
 * @param base the request without {@code vary}
 * @param combinations in the order of the lists, the last key changing fastest
 */
public record SweepRequest(ObjectNode base, List<Combination> combinations) {
  public SweepRequest {
    combinations = List.copyOf(combinations);
  }

  /**
   * One of the runs.
   *
   * @param run its name: the one that the same request has by itself
   * @param settings what is varied, as it was written
   * @param request the whole, defaults filled in
   */
  public record Combination(String run, ObjectNode settings, BuildRequest request) {
    /** {@code size=64, uniform=true}. */
    public String label() {
      return SweepRequest.label(settings);
    }
  }

  /** {@code size=100,48,30, uniform=true}. */
  public static String label(JsonNode settings) {
    return settings.properties().stream()
        .map(setting -> setting.getKey() + "=" + value(setting.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String value(JsonNode value) {
    return value.isTextual()
        ? Shown.word(value.textValue())
        : Shown.word(value.toString().replaceAll("[\\[\\]\"]", ""));
  }

  /** The request of one run: what is varied put into what is not. */
  public static ObjectNode merged(JsonNode base, JsonNode settings) {
    ObjectNode request = base.deepCopy();
    settings.properties().forEach(setting -> request.set(setting.getKey(), setting.getValue()));
    return request;
  }
}
