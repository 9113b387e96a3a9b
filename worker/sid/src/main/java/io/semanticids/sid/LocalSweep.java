package io.semanticids.sid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.publish.SweepReport;
import io.semanticids.store.InvalidLocationException;
import io.semanticids.store.Location;
import io.semanticids.workflows.request.InvalidRequestException;
import io.semanticids.workflows.request.RunName;
import io.semanticids.workflows.request.SweepReader;
import io.semanticids.workflows.request.SweepRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sid sweep} runs.
 *
 * @param request with absolute locations, {@code vary} included
 * @param name names the folder {@code sweeps/<name>/}
 * @param roots the output first, then what the requests read: nothing else is touched
 * @param requests of the runs
 */
record LocalSweep(ObjectNode request, String name, List<String> roots, List<ObjectNode> requests) {
  private static final List<String> READ = List.of("dataset", "test", "weights");

  LocalSweep {
    roots = List.copyOf(roots);
    requests = List.copyOf(requests);
  }

  /**
   * Completes and checks a sweep. Nothing is read or written.
   *
   * @throws InvalidRequestException with all problems of all runs
   */
  static LocalSweep of(ObjectNode typed, @Nullable String name) {
    ObjectNode request = typed.deepCopy();
    if (!request.hasNonNull("output")) {
      request.put("output", LocalRun.DEFAULT_OUTPUT);
    }
    SweepReader.read(request);
    Set<String> roots = new LinkedHashSet<>();
    List<String> problems = new ArrayList<>();
    locate(request, "output", roots, problems);
    READ.forEach(key -> locate(request, key, roots, problems));
    if (request.get(SweepReader.VARY) instanceof ObjectNode vary) {
      READ.forEach(key -> locate(vary, key, roots, problems));
    }
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
    SweepRequest sweep = SweepReader.read(request);
    RunName named = name == null ? SweepReader.name(sweep) : new RunName(name);
    List<ObjectNode> requests =
        sweep.combinations().stream()
            .map(one -> SweepRequest.merged(sweep.base(), one.settings()))
            .toList();
    return new LocalSweep(request, named.value(), List.copyOf(roots), requests);
  }

  /** Makes a location, or a list of them, absolute. */
  private static void locate(
      ObjectNode node, String key, Set<String> roots, List<String> problems) {
    JsonNode value = node.get(key);
    if (value instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i).isTextual()) {
          String location = absolute(key, list.get(i).textValue(), problems);
          list.set(i, location);
          roots.add(location);
        }
      }
    } else if (value != null && value.isTextual()) {
      String location = absolute(key, value.textValue(), problems);
      node.put(key, location);
      roots.add(location);
    }
  }

  private static String absolute(String key, String location, List<String> problems) {
    try {
      return Location.parse(location).uri();
    } catch (InvalidLocationException e) {
      problems.add(key + ": " + e.getMessage());
      return location;
    }
  }

  Location output() {
    return Location.parse(request.get("output").textValue());
  }

  Location folder() {
    return output().resolve(SweepReport.FOLDER).resolve(name);
  }
}
