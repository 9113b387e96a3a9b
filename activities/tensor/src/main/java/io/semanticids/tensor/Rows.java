package io.semanticids.tensor;

/**
 * A matrix of {@code count x dimension} float32 values, row-major, read in ranges.
 *
 * <p>Implementations are thread-safe and return the same values each time.
 */
public interface Rows {
  /** The number of rows. */
  long count();

  /** The number of values of a row. */
  int dimension();

  /**
   * Reads rows {@code [first, first + count)} into {@code target[0 .. count * dimension)}.
   *
   * @throws IndexOutOfBoundsException if the range is not inside {@code [0, count())}
   */
  void read(long first, int count, float[] target);

  /**
   * The same rows for whoever reads a few here and there of very many: where they lie in files,
   * nothing is fetched but what is asked for.
   */
  default Rows scattered() {
    return this;
  }

  /**
   * Rows that lie in an array: {@code values} is {@code count x dimension}, row-major, and is not
   * copied.
   */
  static Rows of(float[] values, int dimension) {
    return ArrayRows.all(values, dimension);
  }

  /** The first {@code count} rows in an array that may be longer; it is not copied. */
  static Rows of(float[] values, long count, int dimension) {
    return new ArrayRows(values, count, dimension);
  }
}
