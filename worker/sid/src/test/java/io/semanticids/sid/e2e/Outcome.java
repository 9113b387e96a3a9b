package io.semanticids.sid.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;

/**
 * How a process ended.
 *
 * @param command what was started
 * @param out what it said on stdout
 * @param err what it said on stderr
 */
record Outcome(List<String> command, int exitCode, String out, String err, Duration time) {
  /** Itself, where it ended well. */
  Outcome succeeded() {
    if (exitCode != 0) {
      throw new AssertionError("exit code " + exitCode + " instead of 0: " + this);
    }
    return this;
  }

  /** What it printed on stdout, as JSON. */
  JsonNode json() {
    try {
      return new ObjectMapper().readTree(out);
    } catch (JsonProcessingException e) {
      throw new AssertionError("stdout is no JSON: " + this, e);
    }
  }

  @Override
  public String toString() {
    return "%s%nended with %d after %.1f s%n--- stdout%n%s--- stderr%n%s---"
        .formatted(String.join(" ", command), exitCode, time.toMillis() / 1e3, out, err);
  }
}
