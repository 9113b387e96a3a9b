package io.semanticids.sid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.store.InvalidLocationException;
import io.semanticids.store.Location;
import io.semanticids.workflows.request.BuildRequest;
import io.semanticids.workflows.request.InvalidRequestException;
import io.semanticids.workflows.request.RequestReader;
import io.semanticids.workflows.request.RunName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sid run} runs.
 *
 * @param request with absolute locations
 * @param name names the folder {@code runs/<name>/}
 * @param roots the output first, then what the request reads: nothing else is touched
 * @param sample whether the dataset is the built-in sample, still to be made
 * @param warnings what is legal but has no effect, or not the expected one
 */
record LocalRun(
    ObjectNode request, String name, List<String> roots, boolean sample, List<String> warnings) {
  static final String DEFAULT_OUTPUT = "semantic-ids";

  private static final List<String> READ = List.of("dataset", "test", "weights");

  LocalRun {
    roots = List.copyOf(roots);
    warnings = List.copyOf(warnings);
  }

  /**
   * Completes and checks a request. Nothing is read or written.
   *
   * @throws InvalidRequestException with all problems
   */
  static LocalRun of(ObjectNode typed, @Nullable String name) {
    ObjectNode request = typed.deepCopy();
    if (!request.hasNonNull("output")) {
      request.put("output", DEFAULT_OUTPUT);
    }
    boolean sample = !request.hasNonNull("dataset");
    if (sample) {
      request = BuiltInSample.request(request);
    }
    List<String> warnings = RequestReader.read(request).warnings();
    List<String> roots = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String key : List.of("output", READ.get(0), READ.get(1), READ.get(2))) {
      if (request.hasNonNull(key)) {
        try {
          String location = Location.parse(request.get(key).textValue()).uri();
          request.put(key, location);
          roots.add(location);
        } catch (InvalidLocationException e) {
          problems.add(key + ": " + e.getMessage());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
    BuildRequest effective = RequestReader.read(request);
    RunName run = name == null ? RunName.of(effective) : new RunName(name);
    return new LocalRun(request, run.value(), roots, sample, warnings);
  }

  Location output() {
    return Location.parse(request.get("output").textValue());
  }

  /** The folder that holds what the run leaves behind. */
  Location folder() {
    return output().resolve("runs").resolve(name);
  }
}
