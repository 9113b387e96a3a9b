package io.semanticids.balance;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Integers in as many bytes as they need: seven bits a byte, signs folded in where there are any.
 *
 * <p>They go through a buffer, so that streams, which are slow for single bytes, see pieces: a
 * length as an int and so many bytes. A writer that is closed has written its last piece; a reader
 * that has read as many numbers as the writer wrote stands behind it.
 */
final class Packed {
  private static final int PIECE = 1 << 13;

  /** Of one number, at most. */
  private static final int LONGEST = 10;

  private Packed() {}

  /** Writes numbers to a stream, which stays open. */
  static final class Writer implements AutoCloseable {
    private final DataOutput out;
    private final byte[] piece = new byte[PIECE];
    private int length;

    Writer(DataOutput out) {
      this.out = out;
    }

    /** Writes a number that is not negative. */
    void write(long value) throws IOException {
      if (length > PIECE - LONGEST) {
        flush();
      }
      long rest = value;
      int at = length;
      while ((rest & ~0x7FL) != 0) {
        piece[at++] = (byte) ((rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      piece[at++] = (byte) rest;
      length = at;
    }

    /** Writes as many signed numbers as there are, not their count. */
    void writeAll(long[] values) throws IOException {
      for (long value : values) {
        write((value << 1) ^ (value >> 63));
      }
    }

    private void flush() throws IOException {
      if (length > 0) {
        out.writeInt(length);
        out.write(piece, 0, length);
        length = 0;
      }
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** Reads what a {@link Writer} wrote. */
  static final class Reader {
    private final DataInput in;
    private final byte[] piece = new byte[PIECE];
    private int length;
    private int at;

    Reader(DataInput in) {
      this.in = in;
    }

    long read() throws IOException {
      if (at == length) {
        next();
      }
      long value = 0;
      for (int shift = 0; shift < 64 && at < length; shift += 7) {
        int next = piece[at++];
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IOException("A packed number has no end: the object is damaged.");
    }

    private void next() throws IOException {
      length = in.readInt();
      if (length < 1 || length > PIECE) {
        throw new IOException(
            "A piece of packed numbers has %d bytes: the object is damaged.".formatted(length));
      }
      in.readFully(piece, 0, length);
      at = 0;
    }

    int readInt() throws IOException {
      return Math.toIntExact(read());
    }

    void readAll(long[] values) throws IOException {
      for (int i = 0; i < values.length; i++) {
        values[i] = readSigned();
      }
    }

    /** Adds the numbers that are read to {@code sums}. */
    void addAll(long[] sums) throws IOException {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += readSigned();
      }
    }

    private long readSigned() throws IOException {
      long folded = read();
      return (folded >>> 1) ^ -(folded & 1);
    }
  }
}
