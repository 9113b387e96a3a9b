package io.semanticids.balance;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Integers in as many bytes as they need: seven bits a byte, signs folded in where there are any.
 */
final class Packed {
  private Packed() {}

  /** Writes a number that is not negative. */
  static void write(DataOutput out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long read(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = in.readByte();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("A packed number is longer than ten bytes: the object is damaged.");
  }

  static int readInt(DataInput in) throws IOException {
    return Math.toIntExact(read(in));
  }

  /** Writes as many signed numbers as there are, not their count. */
  static void writeAll(DataOutput out, long[] values) throws IOException {
    for (long value : values) {
      write(out, (value << 1) ^ (value >> 63));
    }
  }

  static void readAll(DataInput in, long[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      long folded = read(in);
      values[i] = (folded >>> 1) ^ -(folded & 1);
    }
  }
}
