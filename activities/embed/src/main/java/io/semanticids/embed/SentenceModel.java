package io.semanticids.embed;

/** A loaded model: token numbers in, one pooled vector a row out. Thread-safe. */
interface SentenceModel extends AutoCloseable {
  /** The length of a pooled vector, before it is cut to fewer dimensions. */
  int width();

  /** At how many tokens a row of so many, at least one, is computed. */
  int padded(int tokens);

  /**
   * Runs some rows.
   *
   * @param ids token numbers, at least one a row; all are computed at the padded length of the
   *     first, so none needs more
   * @return {@code rows x width} pooled values, row-major, neither cut nor normalised
   */
  float[] pooled(long[][] ids);

  @Override
  void close();
}
