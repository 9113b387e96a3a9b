package io.semanticids.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads the facts of a stage. */
final class Facts {
  private Facts() {}

  static List<String> strings(JsonNode facts, String name) {
    List<String> values = new ArrayList<>();
    facts.path(name).forEach(value -> values.add(value.asText()));
    return values;
  }
}
