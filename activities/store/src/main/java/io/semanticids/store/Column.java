package io.semanticids.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * One column of a {@link ColumnFile}. The arrays are not copied: leave them unchanged until the
 * file is written.
 *
 * <p>Types in a layout: {@code int32}, {@code int64}, {@code utf8}, {@code float16} and {@code
 * float32} (matrices, {@code n x d}, row-major). All little-endian.
 */
public sealed interface Column {
  /** The column's name. */
  String name();

  /** The number of rows. */
  long rows();

  /** How a layout calls the type of one value. */
  String type();

  /** The number of values in a row: 1 but for matrices. */
  int dimension();

  /** The Arrow field. */
  Field field();

  /** Which of the column's buffers holds the values. */
  int valuesBuffer();

  /** Appends the column's nodes and buffers in Arrow's order; the caller releases the buffers. */
  void unload(BufferAllocator allocator, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers);

  /** A column of 32-bit integers without nulls. */
  static Column ints(String name, int[] values) {
    return new Ints(name, values);
  }

  /** A column of 64-bit integers without nulls. */
  static Column longs(String name, long[] values) {
    return new Longs(name, values);
  }

  /** A column of texts; null entries are allowed. */
  static Column strings(String name, List<String> values) {
    return new Strings(name, values);
  }

  /**
   * A matrix {@code n x dimension} of binary16 values, row-major.
   *
   * @param halfs little-endian bytes from the buffer's position to its limit, which stay as they
   *     are
   */
  static Column matrix16(String name, ByteBuffer halfs, int dimension) {
    return new Matrix16(name, halfs.duplicate(), dimension);
  }

  /** A matrix {@code n x dimension} of float32 values, row-major. */
  static Column matrix32(String name, float[] values, int dimension) {
    return new Matrix32(name, values, dimension);
  }

  /** See {@link #ints}. */
  record Ints(String name, int[] values) implements Column {
    @Override
    public long rows() {
      return values.length;
    }

    @Override
    public String type() {
      return "int32";
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public Field field() {
      return new Field(name, FieldType.notNullable(new ArrowType.Int(32, true)), null);
    }

    @Override
    public int valuesBuffer() {
      return 1;
    }

    @Override
    public void unload(
        BufferAllocator allocator, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
      nodes.add(new ArrowFieldNode(values.length, 0));
      buffers.add(allocator.getEmpty());
      ArrowBuf target = Buffers.add(allocator, 4L * values.length, buffers);
      Buffers.windows(
          target, 4, (from, count, window) -> window.asIntBuffer().put(values, from, count));
    }
  }

  /** See {@link #longs}. */
  record Longs(String name, long[] values) implements Column {
    @Override
    public long rows() {
      return values.length;
    }

    @Override
    public String type() {
      return "int64";
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public Field field() {
      return new Field(name, FieldType.notNullable(new ArrowType.Int(64, true)), null);
    }

    @Override
    public int valuesBuffer() {
      return 1;
    }

    @Override
    public void unload(
        BufferAllocator allocator, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
      nodes.add(new ArrowFieldNode(values.length, 0));
      buffers.add(allocator.getEmpty());
      ArrowBuf target = Buffers.add(allocator, 8L * values.length, buffers);
      Buffers.windows(
          target, 8, (from, count, window) -> window.asLongBuffer().put(values, from, count));
    }
  }

  /** See {@link #strings}. */
  record Strings(String name, List<String> values) implements Column {
    public Strings {
      // Not copyOf, which refuses null entries.
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public long rows() {
      return values.size();
    }

    @Override
    public String type() {
      return "utf8";
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public Field field() {
      return new Field(name, FieldType.nullable(new ArrowType.Utf8()), null);
    }

    @Override
    public int valuesBuffer() {
      return 2;
    }

    @Override
    public void unload(
        BufferAllocator allocator, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
      int rows = values.size();
      byte[][] texts = new byte[rows][];
      long bytes = 0;
      int nulls = 0;
      for (int row = 0; row < rows; row++) {
        String value = values.get(row);
        nulls += value == null ? 1 : 0;
        texts[row] = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
        bytes += texts[row].length;
      }
      if (bytes > Integer.MAX_VALUE) {
        throw new StoreException(
            "The texts of column (%s) take %d bytes in one shard, more than 2 GiB: use fewer rows in a shard."
                .formatted(name, bytes));
      }
      nodes.add(new ArrowFieldNode(rows, nulls));
      ArrowBuf validity = Buffers.add(allocator, (rows + 7) / 8, buffers);
      ArrowBuf offsets = Buffers.add(allocator, rows == 0 ? 0 : 4L * (rows + 1), buffers);
      ArrowBuf target = Buffers.add(allocator, bytes, buffers);
      validity.setZero(0, validity.capacity());
      int offset = 0;
      for (int row = 0; row < rows; row++) {
        if (values.get(row) != null) {
          validity.setByte(row / 8, validity.getByte(row / 8) | (1 << (row % 8)));
        }
        offsets.setInt(4L * row, offset);
        target.setBytes(offset, texts[row]);
        offset += texts[row].length;
      }
      if (rows > 0) {
        offsets.setInt(4L * rows, offset);
      }
    }
  }

  /** See {@link #matrix16}. */
  record Matrix16(String name, ByteBuffer halfs, int dimension) implements Column {
    public Matrix16 {
      Buffers.checkShape(name, halfs.remaining(), 2L * dimension, dimension);
    }

    @Override
    public long rows() {
      return halfs.remaining() / (2L * dimension);
    }

    @Override
    public String type() {
      return "float16";
    }

    @Override
    public Field field() {
      return Buffers.matrix(name, FloatingPointPrecision.HALF, dimension);
    }

    @Override
    public int valuesBuffer() {
      return 2;
    }

    @Override
    public void unload(
        BufferAllocator allocator, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
      Buffers.matrixNodes(allocator, rows(), dimension, nodes, buffers);
      ArrowBuf target = Buffers.add(allocator, halfs.remaining(), buffers);
      target.setBytes(0, halfs.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  /** See {@link #matrix32}. */
  record Matrix32(String name, float[] values, int dimension) implements Column {
    public Matrix32 {
      Buffers.checkShape(name, values.length, dimension, dimension);
    }

    @Override
    public long rows() {
      return values.length / dimension;
    }

    @Override
    public String type() {
      return "float32";
    }

    @Override
    public Field field() {
      return Buffers.matrix(name, FloatingPointPrecision.SINGLE, dimension);
    }

    @Override
    public int valuesBuffer() {
      return 2;
    }

    @Override
    public void unload(
        BufferAllocator allocator, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
      Buffers.matrixNodes(allocator, rows(), dimension, nodes, buffers);
      ArrowBuf target = Buffers.add(allocator, 4L * values.length, buffers);
      Buffers.windows(
          target, 4, (from, count, window) -> window.asFloatBuffer().put(values, from, count));
    }
  }
}
