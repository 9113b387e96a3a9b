package io.semanticids.publish;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Matrices in NumPy's {@code .npy} format, version 1.0: little-endian, row-major, two dimensions,
 * float32 or int32.
 *
 * <p>The format: {@code \x93NUMPY}, major and minor version, a 16-bit length, and a header of that
 * length (a Python dictionary, padded so that the data begin at a multiple of 64), then the values.
 */
final class Npy {
  static final String FLOAT32 = "<f4";
  static final String INT32 = "<i4";

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final int CHUNK = 1 << 20;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'(?<type>[^']+)',\\s*'fortran_order':\\s*(?<fortran>True|False),"
              + "\\s*'shape':\\s*\\((?<rows>\\d+),\\s*(?<columns>\\d+),?\\s*\\),?\\s*\\}\\s*");

  private Npy() {}

  /** Writes {@code rows x columns} values, row-major. */
  static void write(Path file, float[] values, int rows, int columns) throws IOException {
    try (OutputStream out = begin(file, FLOAT32, values.length, rows, columns)) {
      byte[] bytes = new byte[CHUNK];
      ByteBuffer buffer = littleEndian(bytes);
      for (int from = 0; from < values.length; from += CHUNK / 4) {
        int count = Math.min(CHUNK / 4, values.length - from);
        buffer.asFloatBuffer().put(values, from, count);
        out.write(bytes, 0, count * 4);
      }
    }
  }

  /** Writes {@code rows x columns} values, row-major. */
  static void write(Path file, int[] values, int rows, int columns) throws IOException {
    try (OutputStream out = begin(file, INT32, values.length, rows, columns)) {
      byte[] bytes = new byte[CHUNK];
      ByteBuffer buffer = littleEndian(bytes);
      for (int from = 0; from < values.length; from += CHUNK / 4) {
        int count = Math.min(CHUNK / 4, values.length - from);
        buffer.asIntBuffer().put(values, from, count);
        out.write(bytes, 0, count * 4);
      }
    }
  }

  /**
   * Reads a float32 matrix of exactly this shape.
   *
   * @throws CodebookException if the file says otherwise, ends early, goes on, or holds a value
   *     that is not finite
   */
  static float[] readFloats(InputStream in, String name, int rows, int columns) throws IOException {
    float[] values = new float[Math.multiplyExact(rows, columns)];
    read(
        in,
        name,
        FLOAT32,
        rows,
        columns,
        (buffer, from, count) -> buffer.asFloatBuffer().get(values, from, count));
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw damaged(name, "holds " + value);
      }
    }
    return values;
  }

  /** Reads an int32 matrix of exactly this shape; fails as {@link #readFloats} does. */
  static int[] readInts(InputStream in, String name, int rows, int columns) throws IOException {
    int[] values = new int[Math.multiplyExact(rows, columns)];
    read(
        in,
        name,
        INT32,
        rows,
        columns,
        (buffer, from, count) -> buffer.asIntBuffer().get(values, from, count));
    return values;
  }

  private interface Target {
    void put(ByteBuffer buffer, int from, int count);
  }

  private static OutputStream begin(Path file, String type, int length, int rows, int columns)
      throws IOException {
    if (length != Math.multiplyExact(rows, columns)) {
      throw new IllegalArgumentException(
          "%d values are not %d rows of %d.".formatted(length, rows, columns));
    }
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(type, rows, columns);
    int unpadded = MAGIC.length + 2 + header.length() + 1;
    String padded = header + " ".repeat(Math.floorMod(-unpadded, ALIGNMENT)) + "\n";
    OutputStream out = Files.newOutputStream(file);
    out.write(MAGIC);
    out.write(padded.length() & 0xff);
    out.write(padded.length() >>> 8);
    out.write(padded.getBytes(StandardCharsets.US_ASCII));
    return out;
  }

  private static void read(
      InputStream stream, String name, String type, int rows, int columns, Target target)
      throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(stream, CHUNK));
    try {
      requireHeader(in, name, type, rows, columns);
      byte[] bytes = new byte[CHUNK];
      ByteBuffer buffer = littleEndian(bytes);
      int length = Math.multiplyExact(rows, columns);
      for (int from = 0; from < length; from += CHUNK / 4) {
        int count = Math.min(CHUNK / 4, length - from);
        in.readFully(bytes, 0, count * 4);
        target.put(buffer, from, count);
      }
    } catch (EOFException e) {
      throw new CodebookException(damaged(name, "ends early").getMessage(), e);
    }
    if (in.read() >= 0) {
      throw damaged(name, "goes on after its last value");
    }
  }

  private static void requireHeader(
      DataInputStream in, String name, String type, int rows, int columns) throws IOException {
    byte[] magic = new byte[MAGIC.length];
    in.readFully(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw damaged(name, "is not a .npy file of version 1.0");
    }
    byte[] header = new byte[in.readUnsignedByte() | in.readUnsignedByte() << 8];
    in.readFully(header);
    String text = new String(header, StandardCharsets.ISO_8859_1);
    Matcher matcher = HEADER.matcher(text);
    if (!matcher.matches()
        || !matcher.group("type").equals(type)
        || matcher.group("fortran").equals("True")
        || !matcher.group("rows").equals(String.valueOf(rows))
        || !matcher.group("columns").equals(String.valueOf(columns))) {
      throw damaged(
          name,
          "should hold %d x %d values of type %s, but says: %s"
              .formatted(rows, columns, type, text.strip()));
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static CodebookException damaged(String name, String what) {
    return new CodebookException(
        "The codebook's %s %s. Take the codebook folder of a finished run.".formatted(name, what));
  }
}
