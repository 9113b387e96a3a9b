package io.semanticids.adapters;

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
    for (int i = 0; i < values.length; i++) {
      short half = toHalf(values[i]);
      bytes.putShort(half);
      // Rounding to a half changes a value by at most 2^-11 of it, or by 2^-25.
      double value = Math.abs(values[i]) * (1 + 0x1p-11) + 0x1p-25;
      squares += value * value;
      if ((i + 1) % dimension == 0) {
        max = Math.max(max, squares);
        squares = 0;
      }
    }
    bytes.flip();
    return new Halfs(bytes, Math.sqrt(max));
  }

  /**
   * The half nearest to a float (IEEE 754-2008, 5.4.2, roundTiesToEven). Java has it built in only
   * from 20 on.
   */
  static short toHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude >= 0x47800000) {
      return (short) (sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00));
    }
    if (magnitude < 0x38800000) {
      // Below the smallest normal half: a multiple of 2^-24.
      return (short) (sign | (int) Math.rint(Math.abs((double) value) * 0x1p24));
    }
    int rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
    return (short) (sign | ((rounded - 0x38000000) >>> 13));
  }
}
