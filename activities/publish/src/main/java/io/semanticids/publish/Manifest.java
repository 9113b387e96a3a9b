package io.semanticids.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code manifest.json}: where a run's outputs come from. Written last: a run folder with a
 * manifest is complete.
 *
 * @param format {@link #FORMAT}
 * @param version of the format
 * @param run names the folder
 * @param request the effective request, defaults filled in
 * @param fingerprints what each stage's artifact is named by, such as {@code "embed": "<64
 *     hexadecimal digits>"}
 * @param deviceClass results are the same bytes within it
 * @param versions of the program and what it runs on
 * @param objects all published objects but the claim, timings and itself, in the order in which
 *     they were put
 */
public record Manifest(
    String format,
    int version,
    String run,
    JsonNode request,
    Map<String, String> fingerprints,
    String deviceClass,
    Map<String, String> versions,
    List<PublishedObject> objects) {
  /** The object's name in a run's folder. */
  public static final String NAME = "manifest.json";

  /** What the file says it is. */
  public static final String FORMAT = "semantic-ids-run";

  /** The version that this program writes. */
  public static final int VERSION = 1;

  public Manifest {
    fingerprints = Collections.unmodifiableMap(new LinkedHashMap<>(fingerprints));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    objects = List.copyOf(objects);
  }

  /**
   * One published object.
   *
   * @param name below the run's folder
   * @param sha256 64 hexadecimal digits
   */
  public record PublishedObject(String name, long bytes, String sha256) {}

  /** The file's content. */
  public byte[] write() {
    return Json.pretty(this);
  }

  /** Reads what {@link #write} wrote. */
  public static Manifest read(byte[] content) throws IOException {
    return Json.MAPPER.readValue(content, Manifest.class);
  }
}
