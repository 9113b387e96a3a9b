package io.semanticids.balance;

import io.semanticids.tensor.CostScale;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The dual variables g of one level: a row takes {@code argmin_k cost_k - g_k}, so a larger g_k
 * draws more rows to k.
 *
 * <p>Two costs of a row differ by less than 2^28, so a code that lies more than 2^28 below the
 * largest potential is never taken; {@link #of} raises it to that bound. Costs less potentials
 * therefore fit an int.
 *
 * @param values one a code, in integer costs of {@code scale}; they lie within 2^28 of each other
 *     and of zero
 * @param scale the fixed point of costs and potentials
 */
public record Potentials(long[] values, CostScale scale) {
  static final long SPREAD = 1L << 28;

  public Potentials {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (long value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    if (values.length == 0 || min < -SPREAD || max > SPREAD || max - min > SPREAD) {
      throw new IllegalArgumentException(
          "%d potentials from %d to %d must lie within 2^28 of each other and of zero."
              .formatted(values.length, min, max));
    }
  }

  /** Potentials that change nothing: the nearest codeword wins. */
  public static Potentials zero(int size, CostScale scale) {
    return new Potentials(new long[size], scale);
  }

  /**
   * Any potentials, centred at zero and raised where they are so low that their code is never
   * taken.
   */
  public static Potentials of(long[] raw, CostScale scale) {
    long max = Arrays.stream(raw).max().orElse(0);
    long[] values = new long[raw.length];
    long sum = 0;
    for (int k = 0; k < raw.length; k++) {
      values[k] = Math.max(raw[k] - max, -SPREAD);
      sum += values[k];
    }
    long mean = Math.floorDiv(sum, Math.max(1, raw.length));
    for (int k = 0; k < raw.length; k++) {
      values[k] -= mean;
    }
    return new Potentials(values, scale);
  }

  /** The number of codes. */
  public int size() {
    return values.length;
  }

  /** The same potentials in another fixed point. */
  public Potentials in(CostScale other) {
    double ratio = other.factor() / scale.factor();
    long[] raw = new long[values.length];
    for (int k = 0; k < raw.length; k++) {
      raw[k] = (long) Math.rint(Math.max(-1e17, Math.min(1e17, values[k] * ratio)));
    }
    return of(raw, other);
  }

  /** The potentials in squared distances, as they stand in a codebook. */
  public double[] toReal() {
    double[] real = new double[values.length];
    for (int k = 0; k < real.length; k++) {
      real[k] = scale.toReal(values[k]);
    }
    return real;
  }

  /** {@code sum_k capacity_k g_k}, the part of the dual value that is not a sum over rows. */
  public long dot(long[] capacities) {
    long sum = 0;
    for (int k = 0; k < values.length; k++) {
      sum = Math.addExact(sum, Math.multiplyExact(values[k], capacities[k]));
    }
    return sum;
  }

  /** Writes size, factor and values. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(values.length);
    out.writeDouble(scale.factor());
    for (long value : values) {
      out.writeLong(value);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Potentials read(DataInput in) throws IOException {
    long[] values = new long[in.readInt()];
    CostScale scale = new CostScale(in.readDouble());
    for (int k = 0; k < values.length; k++) {
      values[k] = in.readLong();
    }
    return new Potentials(values, scale);
  }

  int[] toInts() {
    int[] ints = new int[values.length];
    for (int k = 0; k < ints.length; k++) {
      ints[k] = (int) values[k];
    }
    return ints;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Potentials that
        && Arrays.equals(values, that.values)
        && scale.equals(that.scale);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + scale.hashCode();
  }

  @Override
  public String toString() {
    return "Potentials[size=%d, factor=%s]".formatted(values.length, scale.factor());
  }
}
