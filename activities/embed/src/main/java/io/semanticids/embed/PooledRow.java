package io.semanticids.embed;

/** The last step to a vector: keep its leading dimensions, give it unit length. */
final class PooledRow {
  private PooledRow() {}

  /**
   * Writes one row: {@code x[0..d) / |x[0..d)|}, or {@code x[0..d)} where the identity does not
   * normalise or the length is zero. The length is summed in double precision, in order: no finite
   * float32 overflows it.
   *
   * @return false when a value is not finite; the target is then undefined
   */
  static boolean write(float[] pooled, int from, float[] target, int to, ModelIdentity identity) {
    int dimensions = identity.dimensions();
    double squares = 0;
    for (int d = 0; d < dimensions; d++) {
      double value = pooled[from + d];
      squares += value * value;
    }
    if (!Double.isFinite(squares)) {
      return false;
    }
    double scale = identity.normalize() && squares > 0 ? 1 / Math.sqrt(squares) : 1;
    for (int d = 0; d < dimensions; d++) {
      target[to + d] = (float) (pooled[from + d] * scale);
    }
    return true;
  }
}
