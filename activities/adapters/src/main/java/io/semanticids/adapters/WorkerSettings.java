package io.semanticids.adapters;

import io.semanticids.embed.EmbeddingDevice;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param patience how long a step of a task may show no sign of work (a model loads, an object is
 *     fetched) before it counts as hanging
 */
public record WorkerSettings(
    List<String> roots,
    Path cache,
    long cacheBytes,
    int threads,
    StageListener listener,
    EmbeddingDevice device,
    Duration patience) {
  /** More than any step of ours takes on a machine that works. */
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  public WorkerSettings {
    roots = List.copyOf(roots);
    if (roots.isEmpty()) {
      throw new IllegalArgumentException("A worker needs at least one root.");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("The threads (%d) must be positive.".formatted(threads));
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("The patience (%s) must be positive.".formatted(patience));
    }
  }

  /** Embeds on the processor, with the usual patience. */
  public WorkerSettings(
      List<String> roots, Path cache, long cacheBytes, int threads, StageListener listener) {
    this(roots, cache, cacheBytes, threads, listener, EmbeddingDevice.CPU, PATIENCE);
  }

  public WorkerSettings withDevice(EmbeddingDevice device) {
    return new WorkerSettings(roots, cache, cacheBytes, threads, listener, device, patience);
  }

  public WorkerSettings withPatience(Duration patience) {
    return new WorkerSettings(roots, cache, cacheBytes, threads, listener, device, patience);
  }
}
