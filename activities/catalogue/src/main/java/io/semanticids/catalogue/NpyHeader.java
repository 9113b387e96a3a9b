package io.semanticids.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands at the beginning of a NumPy file (format versions 1 to 3) that holds a matrix of
 * floats.
 *
 * @param offset where the values begin, in bytes
 * @param rows the number of rows
 * @param dimension the number of values of a row
 * @param type {@code float16}, {@code float32} or {@code float64}, little-endian
 * @param bytes the number of bytes of a value
 */
record NpyHeader(int offset, long rows, int dimension, String type, int bytes) {
  /** How many bytes of a file are enough to parse it. */
  static final int ENOUGH = 4096;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

  /** The number of bytes of a whole file. */
  long fileBytes() {
    return offset + rows * dimension * bytes;
  }

  /**
   * Parses the first bytes of a file.
   *
   * @param start its first {@value #ENOUGH} bytes, or all of them if it has fewer
   * @throws NpyException if this is no matrix that can be read; its message goes on after the
   *     file's name
   */
  static NpyHeader parse(byte[] start) {
    if (start.length < 10) {
      throw new NpyException("is not a .npy file: it has only " + start.length + " bytes.");
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (start[i] != MAGIC[i]) {
        throw new NpyException("is not a .npy file: it does not begin with \\x93NUMPY.");
      }
    }
    int version = start[6];
    if (version < 1 || version > 3) {
      throw new NpyException(
          "has version %d of the .npy format. Versions 1, 2 and 3 are read.".formatted(version));
    }
    int begin = version == 1 ? 10 : 12;
    long length = 0;
    for (int i = begin - 1; i >= 8 && i < start.length; i--) {
      length = length << 8 | (start[i] & 0xFF);
    }
    if (begin + length > start.length) {
      throw new NpyException(
          start.length < ENOUGH
              ? "is truncated: it ends inside its header."
              : "has a header of %d bytes, which is no matrix of floats.".formatted(length));
    }
    String header = new String(start, begin, (int) length, StandardCharsets.UTF_8);
    return matrix(header, begin + (int) length);
  }

  private static NpyHeader matrix(String header, int offset) {
    Matcher descr = DESCR.matcher(header);
    if (!descr.find()) {
      throw new NpyException(
          "holds records with fields. Save one array of floats: numpy.save(file, x.astype('<f4')).");
    }
    int bytes = width(descr.group(1));
    Matcher order = ORDER.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!order.find() || !shape.find()) {
      throw new NpyException("has a header that cannot be read: " + header.strip());
    }
    String[] sizes = shape.group(1).replaceAll("[\\s]|,\\s*$", "").split(",", -1);
    if (sizes.length != 2) {
      throw new NpyException(
          "has the shape (%s). Vectors are rows of a matrix: the shape must be (rows, dimension)."
              .formatted(shape.group(1)));
    }
    long rows;
    int dimension;
    try {
      rows = Long.parseLong(sizes[0]);
      dimension = Integer.parseInt(sizes[1]);
      Math.addExact(offset, Math.multiplyExact(Math.multiplyExact(rows, dimension), bytes));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new NpyException(
          "has the shape (%s), which is too large.".formatted(shape.group(1)), e);
    }
    if (rows < 0 || dimension <= 0) {
      throw new NpyException(
          "has the shape (%s): its vectors have no values.".formatted(shape.group(1)));
    }
    if (order.group(1).equals("True") && rows > 1 && dimension > 1) {
      throw new NpyException(
          "is in Fortran order. Save it by rows: numpy.save(file, numpy.ascontiguousarray(x)).");
    }
    return new NpyHeader(offset, rows, dimension, "float" + 8 * bytes, bytes);
  }

  private static int width(String descr) {
    return switch (descr) {
      case "<f2", "=f2" -> 2;
      case "<f4", "=f4" -> 4;
      case "<f8", "=f8" -> 8;
      case ">f2", ">f4", ">f8" ->
          throw new NpyException(
              "is big-endian (%s). Save it as little-endian: x.astype('<%s')."
                  .formatted(descr, descr.substring(1)));
      case "|O" ->
          throw new NpyException(
              "holds pickled objects. Save one array of floats: numpy.save(file, x.astype('<f4')).");
      default ->
          throw new NpyException(
              "holds values of type %s. Types <f2, <f4 and <f8 are read: x.astype('<f4')."
                  .formatted(descr));
    };
  }
}
