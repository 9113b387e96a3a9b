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
import org.jspecify.annotations.Nullable;

/** A column as Arrow sees it: one field, its nodes, its buffers. */
sealed interface ColumnValues {
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

  /** See {@link Column#ints}. */
  record Ints(String name, int[] values) implements ColumnValues {
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

  /** See {@link Column#longs}. */
  record Longs(String name, long[] values) implements ColumnValues {
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

  /** See {@link Column#strings}. */
  record Strings(String name, List<@Nullable String> values) implements ColumnValues {
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

  /** See {@link Column#matrix16}. */
  record Matrix16(String name, ByteBuffer halfs, int dimension) implements ColumnValues {
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

  /** See {@link Column#matrix32}. */
  record Matrix32(String name, float[] values, int dimension) implements ColumnValues {
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
