package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.store.MappedFile;
import io.semanticids.store.PartMarker;
import io.semanticids.store.TextColumn;
import java.nio.file.Path;
import java.util.List;

/** A committed part, mapped. Columns are found by the layout that its marker records. */
record StoredPart(PartMarker marker, Path file, MappedFile map) {
  JsonNode facts() {
    return marker.facts();
  }

  /** Values {@code [first, first + count)} of an int column. */
  void ints(String column, long first, int count, int[] target) {
    map.ints(offset(column) + first * Integer.BYTES, count, target);
  }

  /** Values {@code [first, first + count)} of a long column. */
  void longs(String column, long first, int count, long[] target) {
    map.longs(offset(column) + first * Long.BYTES, count, target);
  }

  /** All values of an int column. */
  int[] ints(String column) {
    int[] values = new int[count(column, Integer.BYTES)];
    ints(column, 0, values.length, values);
    return values;
  }

  /** All values of a long column. */
  long[] longs(String column) {
    long[] values = new long[count(column, Long.BYTES)];
    longs(column, 0, values.length, values);
    return values;
  }

  /** All values of a float32 column. */
  float[] floats(String column) {
    float[] values = new float[count(column, Float.BYTES)];
    map.floats(offset(column), values.length, values, 0);
    return values;
  }

  /** All values of a text column. */
  List<String> texts(String column) {
    return TextColumn.read(file, column);
  }

  boolean has(String column) {
    return marker.facts().path("columns").has(column);
  }

  long offset(String column) {
    return layout(column).path("offset").asLong();
  }

  private int count(String column, int width) {
    return Math.toIntExact(layout(column).path("bytes").asLong() / width);
  }

  private JsonNode layout(String column) {
    JsonNode layout = marker.facts().path("columns").path(column);
    if (layout.isMissingNode()) {
      throw new IllegalStateException("There is no column '%s' in %s.".formatted(column, file));
    }
    return layout;
  }
}
