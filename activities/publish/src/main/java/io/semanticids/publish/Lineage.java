package io.semanticids.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a run comes from; see {@link Manifest}.
 *
 * @param run names the folder
 * @param request the effective request
 * @param fingerprints of each stage's artifact, in the order of the stages
 * @param deviceClass results are the same bytes within it
 * @param versions of the program and what it runs on
 */
public record Lineage(
    String run,
    JsonNode request,
    Map<String, String> fingerprints,
    String deviceClass,
    Map<String, String> versions) {
  public Lineage {
    fingerprints = Collections.unmodifiableMap(new LinkedHashMap<>(fingerprints));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }
}
