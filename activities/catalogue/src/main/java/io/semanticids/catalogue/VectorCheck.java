package io.semanticids.catalogue;

/** Checks of given vectors. Thread-safe. */
final class VectorCheck {
  private VectorCheck() {}

  /**
   * The first value that is not finite.
   *
   * @return its position in the row, -1 if all are finite
   */
  static int notFinite(float[] values, int offset, int dimension) {
    float sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += values[offset + i] * 0f;
    }
    if (sum == 0) {
      return -1;
    }
    for (int i = 0; i < dimension; i++) {
      if (!Float.isFinite(values[offset + i])) {
        return i;
      }
    }
    return -1;
  }

  /** The square of a row's Euclidean norm, summed in order in float64. */
  static double squaredNorm(float[] values, int offset, int dimension) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      double value = values[offset + i];
      sum += value * value;
    }
    return sum;
  }

  /** What is wrong with a value. */
  static String problem(int position, float value) {
    return "has %s as value %d of its vector. Vectors must be finite (as float32)."
        .formatted(Float.isNaN(value) ? "NaN" : "an infinity", position + 1);
  }
}
