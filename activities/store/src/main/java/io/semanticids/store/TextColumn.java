package io.semanticids.store;

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

/** Reads a column of texts. */
public final class TextColumn {
  private TextColumn() {}

  /**
   * All texts of a column, in row order.
   *
   * @return a list that may hold nulls
   */
  public static List<String> read(Path arrowFile, String column) {
    List<String> texts = new ArrayList<>();
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
