package io.semanticids.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Arrow's buffers for plain arrays. A buffer may be larger than any {@link ByteBuffer}, so it is
 * filled in windows.
 */
final class Buffers {
  private static final long WINDOW = 1 << 28;

  private Buffers() {}

  /** Fills elements {@code [from, from + count)} of a buffer. */
  interface Filler {
    void fill(int from, int count, ByteBuffer window);
  }

  static ArrowBuf add(BufferAllocator allocator, long bytes, List<ArrowBuf> buffers) {
    ArrowBuf buffer = allocator.buffer(bytes);
    buffers.add(buffer);
    buffer.writerIndex(bytes);
    return buffer;
  }

  static void windows(ArrowBuf target, int width, Filler filler) {
    long bytes = target.writerIndex();
    for (long offset = 0; offset < bytes; offset += WINDOW) {
      int length = (int) Math.min(WINDOW, bytes - offset);
      filler.fill(
          (int) (offset / width),
          length / width,
          target.nioBuffer(offset, length).order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  static Field matrix(String name, FloatingPointPrecision precision, int dimension) {
    Field value =
        new Field("item", FieldType.notNullable(new ArrowType.FloatingPoint(precision)), null);
    return new Field(
        name, FieldType.notNullable(new ArrowType.FixedSizeList(dimension)), List.of(value));
  }

  /** The list's node and its values' node, both without nulls. */
  static void matrixNodes(
      BufferAllocator allocator,
      long rows,
      int dimension,
      List<ArrowFieldNode> nodes,
      List<ArrowBuf> buffers) {
    nodes.add(new ArrowFieldNode(rows, 0));
    nodes.add(new ArrowFieldNode(rows * dimension, 0));
    buffers.add(allocator.getEmpty());
    buffers.add(allocator.getEmpty());
  }

  static void checkShape(String name, long length, long row, int dimension) {
    if (dimension <= 0 || length % row != 0) {
      throw new IllegalArgumentException(
          "The matrix (%s) of length (%d) has no whole rows of dimension (%d)."
              .formatted(name, length, dimension));
    }
  }
}
