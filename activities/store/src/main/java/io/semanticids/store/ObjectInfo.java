package io.semanticids.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a store says about an object.
 *
 * @param at the object
 * @param bytes its length
 * @param version changes when the content does: the entity tag, or the modification time in
 *     nanoseconds
 * @param modified when it was created, by the store's clock
 */
public record ObjectInfo(Location at, long bytes, String version, Instant modified) {
  public ObjectInfo {
    requireNonNull(at, "at");
    requireNonNull(version, "version");
    requireNonNull(modified, "modified");
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "The length (%d) of %s must not be negative.".formatted(bytes, at));
    }
  }
}
