package io.semanticids.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.jspecify.annotations.Nullable;

/** Reads a column of texts. */
public final class TextColumn {
  private TextColumn() {}

  /**
   * All texts of a column, in row order, without reading other columns.
   *
   * @param place the column's entry in the layout that {@link ColumnFile#write} returned
   * @return a list that may hold nulls
   */
  public static List<@Nullable String> read(MappedFile file, JsonNode place) {
    int rows = place.get("rows").intValue();
    if (rows == 0) {
      return List.of();
    }
    byte[] validity = new byte[(rows + 7) / 8];
    int[] offsets = new int[rows + 1];
    byte[] bytes = new byte[place.get("bytes").intValue()];
    file.bytes(place.get("validity").longValue(), validity.length, validity);
    file.ints(place.get("offsets").longValue(), offsets.length, offsets);
    file.bytes(place.get("offset").longValue(), bytes.length, bytes);
    List<@Nullable String> texts = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      boolean valid = (validity[row / 8] >> (row % 8) & 1) == 1;
      texts.add(
          valid
              ? new String(
                  bytes, offsets[row], offsets[row + 1] - offsets[row], StandardCharsets.UTF_8)
              : null);
    }
    return Collections.unmodifiableList(texts);
  }

  /**
   * All texts of a column of any Arrow IPC file, in row order.
   *
   * @return a list that may hold nulls
   */
  public static List<@Nullable String> read(Path arrowFile, String column) {
    List<@Nullable String> texts = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(arrowFile, StandardOpenOption.READ);
        ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
      while (reader.loadNextBatch()) {
        FieldVector vector = reader.getVectorSchemaRoot().getVector(column);
        if (!(vector instanceof VarCharVector values)) {
          throw new StoreException("%s has no column of texts (%s).".formatted(arrowFile, column));
        }
        for (int row = 0; row < values.getValueCount(); row++) {
          texts.add(
              values.isNull(row) ? null : new String(values.get(row), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw FileErrors.of(arrowFile, e);
    }
    return Collections.unmodifiableList(texts);
  }
}
