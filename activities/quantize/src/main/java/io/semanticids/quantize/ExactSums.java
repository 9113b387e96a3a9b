package io.semanticids.quantize;

import io.semanticids.tensor.Codewords;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Sums of vectors by code, in fixed point: exact, so they can be gathered by any threads or workers
 * and merged in any order.
 *
 * <p>A value x counts as {@code rint(x * factor)} with the largest power of two that keeps {@code R
 * * factor} at or below 2^30, R the largest norm of a vector. Up to 2^32 vectors can be summed. Not
 * thread-safe.
 */
public final class ExactSums {
  private static final int VALUE_BITS = 31;
  private static final long MAX_COUNT = 1L << 32;

  private final int size;
  private final int dimension;
  private final double factor;
  private final long[] sums;
  private final long[] counts;
  private long count;

  /**
   * No vectors yet: {@code size} codes, vectors of {@code dimension} values and norms up to {@code
   * maxNorm}.
   */
  public ExactSums(int size, int dimension, double maxNorm) {
    this(size, dimension, FixedPoint.factor(maxNorm, VALUE_BITS - 1), 0);
  }

  private ExactSums(int size, int dimension, double factor, long count) {
    this.size = size;
    this.dimension = dimension;
    this.factor = factor;
    this.count = count;
    this.sums = new long[Math.multiplyExact(size, dimension)];
    this.counts = new long[size];
  }

  /** Adds the vector {@code values[at .. at + dimension)} to the sum of {@code code}. */
  public void add(int code, float[] values, int at) {
    int to = code * dimension;
    long outside = 0;
    for (int j = 0; j < dimension; j++) {
      long value = (long) Math.rint(values[at + j] * factor);
      sums[to + j] += value;
      outside |= value ^ (value >> 63);
    }
    requireInside(outside, code);
    counts[code]++;
    requireRoom(++count);
  }

  /**
   * Takes the vector {@code values[at .. at + dimension)} from the sum of one code and adds it to
   * that of another. It need not have been added here: these sums may be a change of others.
   */
  void move(int from, int to, float[] values, int at) {
    int less = from * dimension;
    int more = to * dimension;
    long outside = 0;
    for (int j = 0; j < dimension; j++) {
      long value = (long) Math.rint(values[at + j] * factor);
      sums[less + j] -= value;
      sums[more + j] += value;
      outside |= value ^ (value >> 63);
    }
    requireInside(outside, to);
    counts[from]--;
    counts[to]++;
  }

  private void requireInside(long outside, int code) {
    if (outside >>> VALUE_BITS != 0) {
      throw new IllegalArgumentException(
          "A vector of code %d has values outside the fixed point, which allows %s."
              .formatted(code, (1L << VALUE_BITS) / factor));
    }
  }

  /** Adds all of {@code other}, which must have been made alike. */
  public ExactSums merge(ExactSums other) {
    if (other.size != size || other.dimension != dimension || other.factor != factor) {
      throw new IllegalArgumentException(
          "Sums of %d x %d values at %s cannot be merged with sums of %d x %d at %s."
              .formatted(size, dimension, factor, other.size, other.dimension, other.factor));
    }
    count += other.count;
    requireRoom(count);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    for (int k = 0; k < size; k++) {
      counts[k] += other.counts[k];
    }
    return this;
  }

  private static void requireRoom(long count) {
    if (count > MAX_COUNT) {
      throw new ArithmeticException("No more than %d vectors can be summed.".formatted(MAX_COUNT));
    }
  }

  /** How many vectors have this code. */
  public long count(int code) {
    return counts[code];
  }

  /** Writes all of it; {@link #read} gives an equal one back. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(size);
    out.writeInt(dimension);
    out.writeDouble(factor);
    ByteBuffer codeword = ByteBuffer.allocate(dimension * Long.BYTES);
    for (int k = 0; k < size; k++) {
      codeword.asLongBuffer().put(sums, k * dimension, dimension);
      out.write(codeword.array());
    }
    for (long number : counts) {
      out.writeLong(number);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static ExactSums read(DataInput in) throws IOException {
    ExactSums read = new ExactSums(in.readInt(), in.readInt(), in.readDouble(), 0);
    ByteBuffer codeword = ByteBuffer.allocate(read.dimension * Long.BYTES);
    for (int k = 0; k < read.size; k++) {
      in.readFully(codeword.array());
      codeword.asLongBuffer().get(read.sums, k * read.dimension, read.dimension);
    }
    for (int k = 0; k < read.size; k++) {
      read.counts[k] = in.readLong();
      read.count += read.counts[k];
    }
    return read;
  }

  /**
   * The means of the codes' vectors; a code without vectors keeps its codeword of {@code before}.
   */
  public Codewords means(Codewords before) {
    float[] means = before.values().clone();
    for (int k = 0; k < size; k++) {
      if (counts[k] > 0) {
        double scale = 1 / factor / counts[k];
        for (int i = k * dimension; i < (k + 1) * dimension; i++) {
          means[i] = (float) (sums[i] * scale);
        }
      }
    }
    return new Codewords(means, size, dimension);
  }
}
