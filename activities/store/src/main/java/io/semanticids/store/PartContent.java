package io.semanticids.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a writer has written.
 *
 * @param rows the number of rows
 * @param facts whatever readers need to know before they open the file: a JSON object
 */
public record PartContent(long rows, JsonNode facts) {
  public PartContent {
    requireNonNull(facts, "facts");
    if (rows < 0) {
      throw new IllegalArgumentException(
          "The number of rows (%d) must not be negative.".formatted(rows));
    }
  }
}
