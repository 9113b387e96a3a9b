package io.semanticids.evaluate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * A sum of doubles without rounding: the order of adding and merging cannot change it.
 *
 * <p>A fixed-point number that covers all of double's range, in units of 2^-1074, cut into digits
 * of 32 bits that are kept in longs and never carried: 544 bytes, and room for 2^29 values. Not
 * thread-safe.
 */
final class ExactSum {
  private static final int DIGITS = 68;
  private static final int UNIT = -1_074;
  private static final long LIMIT = 1L << 29;
  private static final long LOW = 0xffff_ffffL;

  private final long[] digits = new long[DIGITS];
  private long count;

  /** Adds a finite value of at least 0. */
  void add(double value) {
    if (!(value >= 0) || Double.isInfinite(value) || count == LIMIT) {
      throw new IllegalArgumentException(
          "The value (%s) must be finite and not negative, and one of at most 2^29 values."
              .formatted(value));
    }
    count++;
    long bits = Double.doubleToRawLongBits(value) & Long.MAX_VALUE;
    int exponent = (int) (bits >>> 52);
    long mantissa = (bits & (1L << 52) - 1) | (exponent == 0 ? 0 : 1L << 52);
    int position = Math.max(exponent, 1) - 1;
    int digit = position >>> 5;
    int shift = position & 31;
    long low = (mantissa & LOW) << shift;
    long high = (mantissa >>> 32) << shift;
    digits[digit] += low & LOW;
    digits[digit + 1] += (low >>> 32) + (high & LOW);
    digits[digit + 2] += high >>> 32;
  }

  void merge(ExactSum other) {
    if (count + other.count > LIMIT) {
      throw new IllegalArgumentException("At most 2^29 values can be summed.");
    }
    count += other.count;
    for (int i = 0; i < DIGITS; i++) {
      digits[i] += other.digits[i];
    }
  }

  /** The double nearest to the sum. */
  double value() {
    return FixedPoint.toDouble(FixedPoint.join(digits, 0, DIGITS), UNIT);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(count);
    for (long digit : digits) {
      out.writeLong(digit);
    }
  }

  static ExactSum read(DataInput in) throws IOException {
    ExactSum sum = new ExactSum();
    sum.count = in.readLong();
    for (int i = 0; i < DIGITS; i++) {
      sum.digits[i] = in.readLong();
    }
    return sum;
  }

  /** Numbers that were cut into digits of 32 bits. */
  static final class FixedPoint {
    private FixedPoint() {}

    /** {@code sum of digits[from + i] * 2^(32 i)}; digits may be of either sign and of any size. */
    static BigInteger join(long[] digits, int from, int count) {
      BigInteger value = BigInteger.ZERO;
      for (int i = count - 1; i >= 0; i--) {
        value = value.shiftLeft(32).add(BigInteger.valueOf(digits[from + i]));
      }
      return value;
    }

    /** The double nearest to {@code value * 2^exponent}. */
    static double toDouble(BigInteger value, int exponent) {
      int dropped = Math.max(0, value.bitLength() - 64);
      BigInteger top = value.shiftRight(dropped);
      // What is dropped must still break a tie in rounding the 64 bits to 53.
      if (dropped > 0 && value.getLowestSetBit() < dropped) {
        top = top.setBit(0);
      }
      return Math.scalb(top.doubleValue(), dropped + exponent);
    }
  }
}
