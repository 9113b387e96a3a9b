package io.semanticids.tensor;

/** Rows of Euclidean length 1. */
public final class UnitRows {
  /** No row is longer: rounding to float32 changes a value by at most 2^-24 of it. */
  public static final double MAX_NORM = 1 + 1e-6;

  private UnitRows() {}

  /**
   * Divides rows by their lengths, as embeddings are: {@code x / |x|}, or x where the length is
   * zero. It is summed in double precision, in order: no finite float32 overflows it.
   *
   * @param rows {@code n x d}, row-major, finite; may be longer
   */
  public static void scale(float[] rows, int n, int dimension) {
    for (int row = 0; row < n; row++) {
      int from = row * dimension;
      double squares = 0;
      for (int d = 0; d < dimension; d++) {
        double value = rows[from + d];
        squares += value * value;
      }
      double scale = squares > 0 ? 1 / Math.sqrt(squares) : 1;
      for (int d = 0; d < dimension; d++) {
        rows[from + d] = (float) (rows[from + d] * scale);
      }
    }
  }
}
