package io.semanticids.embed;

/** A loaded model: token numbers in, one pooled vector a row out. Thread-safe. */
interface SentenceModel extends AutoCloseable {
  /** The length of a pooled vector, before it is cut to fewer dimensions. */
  int width();

  /**
   * Runs some rows, batched as {@link TokenBatches} does for this model.
   *
   * @param ids token numbers, at least one a row; the first row is the longest
   * @return {@code rows x width} pooled values, row-major, neither cut nor normalised
   */
  float[] pooled(long[][] ids);

  @Override
  void close();
}
