package io.semanticids.workflows.request;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Requests for tests, written with single quotes. */
final class Requests {
  private Requests() {}

  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** A request with a dataset and these fields, e.g. {@code 'size': 3}. */
  static ObjectNode with(String fields) {
    ObjectNode request = Json.object().put("dataset", "s3://b/items/");
    request.setAll((ObjectNode) json("{" + fields + "}"));
    return request;
  }

  static BuildRequest read(String fields) {
    return RequestReader.read(with(fields));
  }

  static InvalidRequestException refused(JsonNode input) {
    InvalidRequestException refused =
        catchThrowableOfType(InvalidRequestException.class, () -> RequestReader.read(input));
    if (refused == null) {
      throw new AssertionError("Accepted: " + Shown.json(input));
    }
    return refused;
  }

  static List<String> problems(String fields) {
    return refused(with(fields)).problems();
  }
}
