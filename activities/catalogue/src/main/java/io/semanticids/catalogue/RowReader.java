package io.semanticids.catalogue;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of one file in order. Malformed rows are told as problems and skipped, so that a
 * pass finds what else is wrong. Values are looked up by the position of their field among the
 * fields that were asked for.
 */
interface RowReader extends Closeable {
  /**
   * Moves to the next row that can be read.
   *
   * @return false at the end
   * @throws IOException if the file cannot be read for a reason that is not in its content
   */
  boolean next() throws IOException;

  /**
   * Where this row is in its file: {@code line 12}, or {@code row 12} where lines mean nothing.
   * Both from 1.
   */
  String place();

  /** The value of a field as text (see {@link FlatText}); null where it is null or missing. */
  @Nullable String value(int field);

  /** Whether the value of a field is a single text or number, as an id must be. */
  boolean single(int field);

  /** The names of the fields that were seen so far, in order of first appearance. */
  Collection<String> columns();

  /** The number of values of a given vector; 0 where the file gives texts. */
  default int dimension() {
    return 0;
  }

  /**
   * Writes the row's vector, which has {@link #dimension()} values, to {@code target} from {@code
   * offset} on.
   *
   * @return false if the row has none that can be used, which was told as a problem
   */
  default boolean vector(float[] target, int offset) {
    throw new UnsupportedOperationException("This file gives no vectors.");
  }
}
