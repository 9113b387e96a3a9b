package io.semanticids.catalogue;

import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** The vectors of a column of lists of floats, of fixed or varying length. */
final class ArrowVectors {
  private final FieldVector column;

  private ArrowVectors(FieldVector column) {
    this.column = column;
  }

  static ArrowVectors of(FieldVector column) {
    return new ArrowVectors(column);
  }

  /** Whether a column holds lists of floats. */
  static boolean readable(Field field) {
    List<Field> children = field.getChildren();
    return (field.getType() instanceof ArrowType.FixedSizeList
            || field.getType() instanceof ArrowType.List
            || field.getType() instanceof ArrowType.LargeList)
        && children.size() == 1
        && children.get(0).getType() instanceof ArrowType.FloatingPoint;
  }

  /** The length of the first list of the batch that is not null; 0 if all are null. */
  int firstLength() {
    for (int row = 0; row < column.getValueCount(); row++) {
      if (!column.isNull(row)) {
        return (int) (end(row) - start(row));
      }
    }
    return 0;
  }

  /**
   * Reads the list of a row.
   *
   * @return what is wrong with it, null if nothing
   */
  @Nullable String read(int row, float[] target, int offset, int dimension) {
    if (column.isNull(row)) {
      return "has no embedding.";
    }
    int start = Math.toIntExact(start(row));
    int length = (int) (end(row) - start);
    if (length != dimension) {
      return "has an embedding of %d values, but the rows before it have %d."
          .formatted(length, dimension);
    }
    FieldVector values = column.getChildrenFromFields().get(0);
    boolean nulls = values.getNullCount() > 0;
    for (int i = 0; i < dimension; i++) {
      if (nulls && values.isNull(start + i)) {
        return "has null as value %d of its embedding.".formatted(i + 1);
      }
      target[offset + i] = value(values, start + i);
    }
    return null;
  }

  private static float value(FieldVector values, int index) {
    if (values.getMinorType() == MinorType.FLOAT4) {
      return ((Float4Vector) values).get(index);
    }
    return values.getMinorType() == MinorType.FLOAT2
        ? ((Float2Vector) values).getValueAsFloat(index)
        : (float) ((Float8Vector) values).get(index);
  }

  private long start(int row) {
    if (column instanceof FixedSizeListVector fixed) {
      return (long) row * fixed.getListSize();
    }
    return column instanceof LargeListVector large
        ? large.getElementStartIndex(row)
        : ((ListVector) column).getElementStartIndex(row);
  }

  private long end(int row) {
    if (column instanceof FixedSizeListVector fixed) {
      return (row + 1L) * fixed.getListSize();
    }
    return column instanceof LargeListVector large
        ? large.getElementEndIndex(row)
        : ((ListVector) column).getElementEndIndex(row);
  }
}
