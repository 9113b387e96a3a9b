package io.semanticids.tensor;

/**
 * The codewords of one level: {@code size x dimension} float32, row-major. The array is not copied
 * and must not be changed afterwards.
 */
public record Codewords(float[] values, int size, int dimension) {
  public Codewords {
    if (size <= 0 || dimension <= 0 || values.length != Math.multiplyExact(size, dimension)) {
      throw new IllegalArgumentException(
          "%d values are not %d codewords of dimension %d."
              .formatted(values.length, size, dimension));
    }
  }

  /** The largest Euclidean norm of a codeword, in double precision. */
  public double maxNorm() {
    double max = 0;
    for (int k = 0; k < size; k++) {
      double sum = 0;
      for (int j = k * dimension; j < (k + 1) * dimension; j++) {
        sum += (double) values[j] * values[j];
      }
      max = Math.max(max, sum);
    }
    return Math.sqrt(max);
  }
}
