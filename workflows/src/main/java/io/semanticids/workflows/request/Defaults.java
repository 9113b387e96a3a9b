package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a key means that a request does not name. */
final class Defaults {
  static final String ID = "id";
  static final List<String> TEXT = List.of("title", "description");
  static final String SEPARATOR = "\n";
  static final int LEVELS = 3;
  static final int SIZE = 256;
  static final int ITERATIONS = 30;
  static final int BATCH = 8192;
  static final String QUEUE_TIMEOUT = "PT30M";
  static final long SEED = 1;

  private Defaults() {}

  /** Every key that has a default other than null. */
  static ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", ID);
    TEXT.forEach(json.putArray("text")::add);
    json.put("separator", SEPARATOR)
        .put("model", ModelNames.MINILM)
        .put("accelerate", false)
        .put("levels", LEVELS)
        .put("size", SIZE)
        .put("uniform", false)
        .put("scope", Scope.LEVEL.key())
        .put("refit", true)
        .put("tau", "auto")
        .put("iterations", ITERATIONS)
        .put("batch", BATCH)
        .put("beam", 1)
        .put("queueTimeout", QUEUE_TIMEOUT)
        .put("seed", SEED);
    return json;
  }
}
