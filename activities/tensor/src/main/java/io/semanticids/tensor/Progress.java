package io.semanticids.tensor;

/**
 * Told of work as it is done, from any thread. An implementation may throw to stop the work
 * (cancelled, draining); the exception reaches the caller of the work unchanged.
 */
@FunctionalInterface
public interface Progress {
  /** Nobody listens. */
  Progress NONE = rows -> {};

  /** So many more rows were read and computed on. */
  void advanced(long rows);
}
