package io.semanticids.workflows.activity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a sweep answers with.
 *
 * @param sweep its name
 * @param output the folder {@code <output>/sweeps/<sweep>/} as a URI
 * @param report the page as a URI
 * @param runs headline figures of each
 * @param warnings what the requests made doubtful
 */
public record SweepResult(
    String sweep, String output, String report, JsonNode runs, List<String> warnings) {
  public SweepResult {
    warnings = List.copyOf(warnings);
  }
}
