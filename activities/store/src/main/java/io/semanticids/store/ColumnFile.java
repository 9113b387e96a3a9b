package io.semanticids.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowBuffer;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * An Arrow IPC file with one record batch. Its layout says where in the file each column's values
 * lie, so that readers map them into memory without Arrow. Same columns, same bytes.
 */
public final class ColumnFile {
  private ColumnFile() {}

  /**
   * Writes a file that does not exist yet.
   *
   * @param metadata goes into the schema
   * @param columns at least one, all of the same number of rows, which must fit an int
   * @return for each column {@code {"type", "offset", "bytes", "rows", "dimension"}}: its values
   *     are {@code bytes} bytes from {@code offset} of the file on. For {@code utf8} these are the
   *     texts one after the other; {@code "offsets"} is where the {@code rows + 1} int32 offsets
   *     into them begin, {@code "validity"} where the bits do that are 1 for rows that are not
   *     null, lowest bit first
   */
  public static JsonNode write(Path file, Map<String, String> metadata, Column... columns)
      throws IOException {
    List<ColumnValues> all = Arrays.stream(columns).map(Column::values).toList();
    int rows = rows(all);
    Schema schema =
        new Schema(all.stream().map(ColumnValues::field).toList(), new TreeMap<>(metadata));
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      load(root, rows, all, allocator);
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          ArrowFileWriter writer = new ArrowFileWriter(root, null, channel);
          ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch()) {
        writer.start();
        writer.writeBatch();
        writer.end();
        return layout(all, writer.getRecordBlocks().get(0), batch.getBuffersLayout());
      }
    }
  }

  private static int rows(List<ColumnValues> columns) {
    long rows = columns.get(0).rows();
    for (ColumnValues column : columns) {
      if (column.rows() != rows || rows * column.dimension() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Column (%s) has %d rows of %d values, column (%s) has %d rows: they must be equal and fit an int."
                .formatted(
                    column.name(), column.rows(), column.dimension(), columns.get(0).name(), rows));
      }
    }
    return (int) rows;
  }

  private static void load(
      VectorSchemaRoot root, int rows, List<ColumnValues> columns, BufferAllocator allocator) {
    List<ArrowFieldNode> nodes = new ArrayList<>();
    List<ArrowBuf> buffers = new ArrayList<>();
    try {
      for (ColumnValues column : columns) {
        column.unload(allocator, nodes, buffers);
      }
      try (ArrowRecordBatch batch = new ArrowRecordBatch(rows, nodes, buffers)) {
        new VectorLoader(root).load(batch);
      }
    } finally {
      // The batch and the vectors hold references of their own.
      buffers.forEach(ArrowBuf::close);
    }
  }

  private static ObjectNode layout(
      List<ColumnValues> columns, ArrowBlock block, List<ArrowBuffer> buffers) {
    ObjectNode layout = JsonNodeFactory.instance.objectNode();
    long body = block.getOffset() + block.getMetadataLength();
    int first = 0;
    for (ColumnValues column : columns) {
      ArrowBuffer values = buffers.get(first + column.valuesBuffer());
      ObjectNode place = layout.putObject(column.name());
      place.put("type", column.type());
      place.put("offset", body + values.getOffset()).put("bytes", values.getSize());
      place.put("rows", column.rows()).put("dimension", column.dimension());
      if (column instanceof ColumnValues.Strings) {
        place.put("validity", body + buffers.get(first).getOffset());
        place.put("offsets", body + buffers.get(first + 1).getOffset());
      }
      first += column.valuesBuffer() + 1;
    }
    return layout;
  }
}
