package io.semanticids.adapters;

import io.semanticids.store.HalfFloats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Vectors in IEEE 754 half precision.
 *
 * @param bytes {@code n x d} float16, little-endian
 * @param maxNorm the largest Euclidean norm of a stored row, rounding included
 */
record Halfs(ByteBuffer bytes, double maxNorm) {
  /**
   * Rounds to the nearest half, ties to even. Embeddings are of order one; beyond 65,504 is
   * infinity.
   */
  static Halfs of(float[] values, int dimension) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    double max = 0;
    double squares = 0;
    HalfFloats.encode(values, 0, values.length, bytes);
    for (int i = 0; i < values.length; i++) {
      // Rounding to a half changes a value by at most 2^-11 of it, or by 2^-25.
      double value = Math.abs(values[i]) * (1 + 0x1p-11) + 0x1p-25;
      squares += value * value;
      if ((i + 1) % dimension == 0) {
        max = Math.max(max, squares);
        squares = 0;
      }
    }
    bytes.rewind();
    return new Halfs(bytes, Math.sqrt(max));
  }
}
