package io.semanticids.store;

import static java.util.Objects.requireNonNull;

/**
 * What a store says about an object.
 *
 * @param at the object
 * @param bytes its length
 * @param version changes when the content does: the entity tag, or the modification time in
 *     nanoseconds
 */
public record ObjectInfo(Location at, long bytes, String version) {
  public ObjectInfo {
    requireNonNull(at, "at");
    requireNonNull(version, "version");
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "The length (%d) of %s must not be negative.".formatted(bytes, at));
    }
  }
}
