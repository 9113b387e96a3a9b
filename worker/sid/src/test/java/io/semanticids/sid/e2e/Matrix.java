package io.semanticids.sid.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .npy} file, read and written by the format's own page and not by the program's code.
 *
 * @param values {@code rows x columns}, row-major
 */
record Matrix(int rows, int columns, double[] values) {
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '(?<type>[<|][a-z]\\d)', 'fortran_order': False, 'shape': \\((?<rows>\\d+),(?: (?<columns>\\d+))?,?\\), }\\s*");
  private static final int MAGIC = 10;

  double at(int row, int column) {
    return values[row * columns + column];
  }

  /** Reads float16, float32, float64 or int32; one dimension is one row. */
  static Matrix read(Path file) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int length = bytes.getShort(MAGIC - 2) & 0xffff;
    String header = new String(bytes.array(), MAGIC, length, StandardCharsets.US_ASCII);
    Matcher parsed = HEADER.matcher(header);
    if (!parsed.matches()) {
      throw new AssertionError(file + " has the header " + header);
    }
    boolean flat = parsed.group("columns") == null;
    int rows = flat ? 1 : Integer.parseInt(parsed.group("rows"));
    int columns = Integer.parseInt(parsed.group(flat ? "rows" : "columns"));
    double[] values = new double[rows * columns];
    bytes.position(MAGIC + length);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (parsed.group("type")) {
            case "<f2" -> half(bytes.getShort());
            case "<f4" -> bytes.getFloat();
            case "<f8" -> bytes.getDouble();
            case "<i4" -> bytes.getInt();
            default -> throw new AssertionError(file + " has the header " + header);
          };
    }
    if (bytes.hasRemaining()) {
      throw new AssertionError(file + " has " + bytes.remaining() + " bytes too many");
    }
    return new Matrix(rows, columns, values);
  }

  /** IEEE 754 binary16 to double. */
  static double half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        exponent == 0
            ? Math.scalb((double) fraction, -24)
            : exponent == 31
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : Math.scalb(1024.0 + fraction, exponent - 25);
    return bits < 0 ? -size : size;
  }

  /** Writes float32. */
  void write(Path file) {
    ByteBuffer data = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      data.putFloat((float) value);
    }
    write(file, "<f4", false, "(%d, %d)".formatted(rows, columns), data.array());
  }

  /** Writes a file of any header, sensible or not. */
  static void write(Path file, String type, boolean fortran, String shape, byte[] data) {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
            .formatted(type, fortran ? "True" : "False", shape);
    int padded = (MAGIC + header.length() + 1 + 63) / 64 * 64 - MAGIC;
    ByteBuffer all =
        ByteBuffer.allocate(MAGIC + padded + data.length).order(ByteOrder.LITTLE_ENDIAN);
    all.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    all.put((byte) 0).putShort((short) padded);
    all.put(
        (header + " ".repeat(padded - header.length() - 1) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    all.put(data);
    Work.write(file, all.array());
  }
}
