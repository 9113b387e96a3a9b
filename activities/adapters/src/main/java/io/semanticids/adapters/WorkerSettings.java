package io.semanticids.adapters;

import io.semanticids.embed.EmbeddingDevice;
import java.nio.file.Path;
import java.util.List;

/**
 * What a worker is started with.
 *
 * @param roots where it may read and write, as URIs or local paths; a request without {@code
 *     output} goes to the first
 * @param cache folder of the local cache of remote objects and of temporary files
 * @param cacheBytes upper bound of the cache
 * @param threads threads of a numeric pass
 * @param device what checkpoints embed on
 */
public record WorkerSettings(
    List<String> roots,
    Path cache,
    long cacheBytes,
    int threads,
    StageListener listener,
    EmbeddingDevice device) {
  public WorkerSettings {
    roots = List.copyOf(roots);
    if (roots.isEmpty()) {
      throw new IllegalArgumentException("A worker needs at least one root.");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("The threads (%d) must be positive.".formatted(threads));
    }
  }

  /** Embeds on the processor. */
  public WorkerSettings(
      List<String> roots, Path cache, long cacheBytes, int threads, StageListener listener) {
    this(roots, cache, cacheBytes, threads, listener, EmbeddingDevice.CPU);
  }

  public WorkerSettings withDevice(EmbeddingDevice device) {
    return new WorkerSettings(roots, cache, cacheBytes, threads, listener, device);
  }
}
