package io.semanticids.store;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column of a {@link ColumnFile}. The arrays are not copied: leave them unchanged until the
 * file is written.
 *
 * <p>Types in a layout: {@code int32}, {@code int64}, {@code utf8}, {@code float16} and {@code
 * float32} (matrices, {@code n x d}, row-major). All little-endian.
 */
public final class Column {
  private final ColumnValues values;

  private Column(ColumnValues values) {
    this.values = values;
  }

  /** A column of 32-bit integers without nulls. */
  public static Column ints(String name, int[] values) {
    return new Column(new ColumnValues.Ints(name, values));
  }

  /** A column of 64-bit integers without nulls. */
  public static Column longs(String name, long[] values) {
    return new Column(new ColumnValues.Longs(name, values));
  }

  /** A column of texts; null entries are allowed. */
  public static Column strings(String name, List<@Nullable String> values) {
    return new Column(new ColumnValues.Strings(name, values));
  }

  /**
   * A matrix {@code n x dimension} of binary16 values, row-major.
   *
   * @param halfs little-endian bytes from the buffer's position to its limit, which stay as they
   *     are
   */
  public static Column matrix16(String name, ByteBuffer halfs, int dimension) {
    return new Column(new ColumnValues.Matrix16(name, halfs.duplicate(), dimension));
  }

  /** A matrix {@code n x dimension} of float32 values, row-major. */
  public static Column matrix32(String name, float[] values, int dimension) {
    return new Column(new ColumnValues.Matrix32(name, values, dimension));
  }

  ColumnValues values() {
    return values;
  }
}
