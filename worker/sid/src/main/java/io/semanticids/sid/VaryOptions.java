package io.semanticids.sid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.workflows.request.InvalidRequestException;
import io.semanticids.workflows.request.SetOptions;
import io.semanticids.workflows.request.SweepReader;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The values of a sweep. */
final class VaryOptions {
  @Option(
      names = "--vary",
      paramLabel = "KEY=VALUE",
      description = {
        "One value of a key that changes, in the form of --set; once for each value:",
        "--vary size=128 --vary size=256 --vary size=100,48,30 are three sizes.",
        "Every combination is run; at most " + SweepReader.MAX_RUNS + "."
      })
  private List<String> values = new ArrayList<>();

  /** Puts the values into the request's key {@code vary}, beside those that a file gave. */
  void addTo(ObjectNode request) {
    if (values.isEmpty()) {
      return;
    }
    ObjectNode vary =
        request.get(SweepReader.VARY) instanceof ObjectNode given
            ? given
            : request.putObject(SweepReader.VARY);
    List<String> problems = new ArrayList<>();
    for (String pair : values) {
      try {
        for (var one : SetOptions.apply(null, List.of(pair)).properties()) {
          list(vary, one.getKey()).add(one.getValue());
        }
      } catch (InvalidRequestException e) {
        e.problems().forEach(problem -> problems.add(problem.replace("--set", "--vary")));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
  }

  private static ArrayNode list(ObjectNode vary, String key) {
    JsonNode given = vary.get(key);
    return given instanceof ArrayNode list ? list : vary.putArray(key);
  }
}
