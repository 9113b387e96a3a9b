package io.semanticids.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What a process needs to use objects.
 *
 * @param roots what it may touch; at least one
 * @param cache the folder of cached objects and temporary files; created when it is missing.
 *     Several processes may share it
 * @param cacheBytes how much the cached objects may take; beyond it the longest unused ones go
 * @param fetched told, by any thread, how many more bytes have come of an object that is fetched
 *     into the cache
 */
public record StoreSettings(
    List<Location> roots, Path cache, long cacheBytes, LongConsumer fetched) {
  /** Nobody is told. */
  public StoreSettings(List<Location> roots, Path cache, long cacheBytes) {
    this(roots, cache, cacheBytes, bytes -> {});
  }

  public StoreSettings {
    roots = List.copyOf(roots);
    requireNonNull(cache, "cache");
    requireNonNull(fetched, "fetched");
    if (cacheBytes < 0) {
      throw new IllegalArgumentException(
          "The cache's size (%d) must not be negative.".formatted(cacheBytes));
    }
  }
}
