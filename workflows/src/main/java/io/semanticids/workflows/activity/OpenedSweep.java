package io.semanticids.workflows.activity;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/**
 * The recorded sweep: what drives the workflow.
 *
 * @param base the request without what is varied
 * @param output the folder of all runs, as a URI
 * @param runs in order
 */
public record OpenedSweep(
    JsonNode base, String output, List<Run> runs, Duration queueTimeout, List<String> warnings) {
  public OpenedSweep {
    runs = List.copyOf(runs);
    warnings = List.copyOf(warnings);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("A sweep has at least one run.");
    }
  }

  /**
   * One of the runs.
   *
   * @param run its name
   * @param settings what is varied; with {@code base} its whole request
   * @param label the same, for people
   */
  public record Run(String run, JsonNode settings, String label) {}
}
