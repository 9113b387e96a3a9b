package io.semanticids.sid;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A {@code .npy} file of {@code n x d} float32 values, row-major, that grows row by row; n is
 * written into the header when it is closed. Rows that are there can be read back.
 */
final class MatrixFile implements AutoCloseable {
  private static final int HEADER = 128;

  private final FileChannel channel;
  private final int dimension;
  private final ByteBuffer row;
  private long rows;

  private MatrixFile(FileChannel channel, int dimension) {
    this.channel = channel;
    this.dimension = dimension;
    this.row = ByteBuffer.allocate(4 * dimension).order(ByteOrder.LITTLE_ENDIAN);
  }

  static MatrixFile create(Path file, int dimension) throws IOException {
    return new MatrixFile(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE),
        dimension);
  }

  /** The number of rows so far. */
  long rows() {
    return rows;
  }

  /** Appends {@code values[from * d .. (from + 1) * d)}. */
  void append(float[] values, int from) throws IOException {
    row.clear();
    row.asFloatBuffer().put(values, from * dimension, dimension);
    row.limit(row.capacity());
    writeAt(row, position(rows++));
  }

  /** Appends a copy of an earlier row. */
  void repeat(long earlier) throws IOException {
    row.clear();
    long at = position(earlier);
    while (row.hasRemaining()) {
      int read = channel.read(row, at + row.position());
      if (read < 0) {
        throw new EOFException("Row %d is not there yet.".formatted(earlier));
      }
    }
    writeAt(row.flip(), position(rows++));
  }

  private long position(long number) {
    return HEADER + number * 4L * dimension;
  }

  private void writeAt(ByteBuffer bytes, long at) throws IOException {
    long to = at;
    while (bytes.hasRemaining()) {
      to += channel.write(bytes, to);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      String text =
          "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
              .formatted(rows, dimension);
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
      header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
      header.put((byte) 1).put((byte) 0).putShort((short) (HEADER - 10));
      header.put(
          (text + " ".repeat(HEADER - 11 - text.length()) + "\n")
              .getBytes(StandardCharsets.US_ASCII));
      writeAt(header.flip(), 0);
    }
  }
}
