package io.semanticids.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * What a process needs to use objects.
 *
 * @param roots what it may touch; at least one
 * @param cache the folder of cached objects and temporary files; created when it is missing.
 *     Several processes may share it
 * @param cacheBytes how much the cached objects may take; beyond it the longest unused ones go
 */
public record StoreSettings(List<Location> roots, Path cache, long cacheBytes) {
  public StoreSettings {
    roots = List.copyOf(roots);
    requireNonNull(cache, "cache");
    if (cacheBytes < 0) {
      throw new IllegalArgumentException(
          "The cache's size (%d) must not be negative.".formatted(cacheBytes));
    }
  }
}
