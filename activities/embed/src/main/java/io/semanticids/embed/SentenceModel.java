package io.semanticids.embed;

/** A loaded model: token numbers in, one pooled vector a row out. Thread-safe. */
interface SentenceModel extends AutoCloseable {
  /** The length of a pooled vector, before it is cut to fewer dimensions. */
  int width();

  /**
   * Runs rows of one length.
   *
   * @param ids {@code rows x length} token numbers; all rows are equally long, at least one token
   * @return {@code rows x width} pooled values, row-major, neither cut nor normalised
   */
  float[] pooled(long[][] ids);

  @Override
  void close();
}
