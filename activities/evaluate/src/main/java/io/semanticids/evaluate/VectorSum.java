package io.semanticids.evaluate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * The sum of float32 vectors without rounding, by the scheme of {@link ExactSum} in units of
 * 2^-149: 80 bytes a dimension, room for 2^30 vectors. Not thread-safe.
 */
final class VectorSum {
  private static final int DIGITS = 10;
  private static final int UNIT = -149;
  private static final long LIMIT = 1L << 30;

  private final int dimension;
  private final long[] digits;
  private long count;

  VectorSum(int dimension) {
    this.dimension = dimension;
    this.digits = new long[Math.multiplyExact(dimension, DIGITS)];
  }

  /** Adds {@code values[from .. from + dimension)}, which must be finite. */
  void add(float[] values, int from) {
    if (count == LIMIT) {
      throw new IllegalArgumentException("At most 2^30 vectors can be summed.");
    }
    count++;
    for (int j = 0; j < dimension; j++) {
      int bits = Float.floatToRawIntBits(values[from + j]);
      int exponent = bits >>> 23 & 0xff;
      if (exponent == 0xff) {
        throw new IllegalArgumentException(
            "A vector holds %s; values must be finite.".formatted(values[from + j]));
      }
      long mantissa = (bits & (1 << 23) - 1) | (exponent == 0 ? 0 : 1 << 23);
      int position = Math.max(exponent, 1) - 1;
      long shifted = mantissa << (position & 31);
      // All ones for negative values: (x ^ sign) - sign negates x.
      long sign = bits >> 31;
      int digit = j * DIGITS + (position >>> 5);
      digits[digit] += ((shifted & 0xffff_ffffL) ^ sign) - sign;
      digits[digit + 1] += ((shifted >>> 32) ^ sign) - sign;
    }
  }

  void merge(VectorSum other) {
    if (dimension != other.dimension || count + other.count > LIMIT) {
      throw new IllegalArgumentException(
          "Sums of dimensions %d and %d, of %d and %d vectors, cannot be merged."
              .formatted(dimension, other.dimension, count, other.count));
    }
    count += other.count;
    for (int i = 0; i < digits.length; i++) {
      digits[i] += other.digits[i];
    }
  }

  long count() {
    return count;
  }

  /** {@code |sum of (x - shift)|²}, from the exact sum of {@code x - shift} in each dimension. */
  double squaredNorm(float[] shift) {
    VectorSum one = new VectorSum(dimension);
    one.add(shift, 0);
    double norm = 0;
    for (int j = 0; j < dimension; j++) {
      BigInteger offset = ExactSum.FixedPoint.join(one.digits, j * DIGITS, DIGITS);
      BigInteger sum =
          ExactSum.FixedPoint.join(digits, j * DIGITS, DIGITS)
              .subtract(offset.multiply(BigInteger.valueOf(count)));
      double value = ExactSum.FixedPoint.toDouble(sum, UNIT);
      norm += value * value;
    }
    return norm;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(dimension);
    out.writeLong(count);
    for (long digit : digits) {
      out.writeLong(digit);
    }
  }

  static VectorSum read(DataInput in) throws IOException {
    VectorSum sum = new VectorSum(in.readInt());
    sum.count = in.readLong();
    for (int i = 0; i < sum.digits.length; i++) {
      sum.digits[i] = in.readLong();
    }
    return sum;
  }
}
