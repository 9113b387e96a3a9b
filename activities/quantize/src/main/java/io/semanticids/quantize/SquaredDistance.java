package io.semanticids.quantize;

/** Squared distances in double precision. */
public final class SquaredDistance {
  private SquaredDistance() {}

  /**
   * Of {@code a[at .. at + dimension)} and {@code b[from .. from + dimension)}: four sums, of every
   * fourth value each, so that an addition need not wait for the one before it.
   */
  static double of(float[] a, int at, float[] b, int from, int dimension) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int j = 0;
    for (; j <= dimension - 4; j += 4) {
      double difference0 = (double) a[at + j] - b[from + j];
      double difference1 = (double) a[at + j + 1] - b[from + j + 1];
      double difference2 = (double) a[at + j + 2] - b[from + j + 2];
      double difference3 = (double) a[at + j + 3] - b[from + j + 3];
      sum0 += difference0 * difference0;
      sum1 += difference1 * difference1;
      sum2 += difference2 * difference2;
      sum3 += difference3 * difference3;
    }
    for (; j < dimension; j++) {
      double difference = (double) a[at + j] - b[from + j];
      sum0 += difference * difference;
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** Of {@code a[at .. at + dimension)} and zero: four sums, as above. */
  public static double fromZero(float[] a, int at, int dimension) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int j = at;
    int end = at + dimension;
    for (; j <= end - 4; j += 4) {
      sum0 += (double) a[j] * a[j];
      sum1 += (double) a[j + 1] * a[j + 1];
      sum2 += (double) a[j + 2] * a[j + 2];
      sum3 += (double) a[j + 3] * a[j + 3];
    }
    for (; j < end; j++) {
      sum0 += (double) a[j] * a[j];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}
