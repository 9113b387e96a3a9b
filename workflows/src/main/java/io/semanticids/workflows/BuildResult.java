package io.semanticids.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a run answers with: references and headline figures.
 *
 * @param output the folder {@code <output>/runs/<run>/} as a URI
 * @param report the report as a URI
 * @param headline items, paths and collision rates
 * @param warnings what the request or the data made doubtful
 */
public record BuildResult(
    String run, String output, String report, JsonNode headline, List<String> warnings) {
  public BuildResult {
    warnings = List.copyOf(warnings);
  }
}
