package io.semanticids.catalogue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.SeekableReadChannel;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Reads an Arrow IPC file, one record batch at a time. */
final class ArrowReader implements RowReader {
  private final FileProblems problems;
  private final BufferAllocator allocator;
  private final ArrowFileReader reader;
  private final VectorSchemaRoot root;
  private final @Nullable FieldVector[] columns;
  private final @Nullable ArrowVectors vectors;
  private final int dimension;
  private int inBatch = -1;
  private long row;
  private boolean ended;

  private ArrowReader(
      BufferAllocator allocator,
      ArrowFileReader reader,
      List<String> wanted,
      boolean withVectors,
      FileProblems problems)
      throws IOException {
    this.problems = problems;
    this.allocator = allocator;
    this.reader = reader;
    this.root = reader.getVectorSchemaRoot();
    this.columns = new FieldVector[wanted.size()];
    for (int i = 0; i < columns.length; i++) {
      Field field = field(root.getSchema(), wanted.get(i));
      columns[i] = field == null ? null : root.getVector(field);
      if (field != null && field.getDictionary() != null) {
        columns[i] = null;
        problems.add(
            "has the column \"%s\" as a dictionary. Write it as plain values."
                .formatted(field.getName()));
      }
    }
    ended = !advance();
    Field embedding = withVectors ? field(root.getSchema(), ParquetReader.EMBEDDING) : null;
    this.vectors = embedding == null ? null : ArrowVectors.of(root.getVector(embedding));
    this.dimension = vectors == null || ended ? 0 : vectors.firstLength();
  }

  /**
   * Opens a file.
   *
   * @return null if it cannot be read, which was told
   */
  static @Nullable ArrowReader open(
      Path file, List<String> wanted, boolean withVectors, FileProblems problems) {
    BufferAllocator allocator = new RootAllocator();
    ArrowFileReader reader = null;
    try {
      reader = reader(file, allocator);
      return new ArrowReader(allocator, reader, wanted, withVectors, problems);
    } catch (IOException | RuntimeException e) {
      problems.add("is not a readable Arrow IPC file: " + fault(e));
      closeQuietly(reader, allocator);
      return null;
    }
  }

  /** Whether a file gives vectors: a column {@code embedding} that is a list of floats. */
  static boolean givesVectors(Path file) throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        ArrowFileReader reader = reader(file, allocator)) {
      Field field = field(reader.getVectorSchemaRoot().getSchema(), ParquetReader.EMBEDDING);
      return field != null && ArrowVectors.readable(field);
    } catch (RuntimeException e) {
      throw new IOException(fault(e), e);
    }
  }

  private static ArrowFileReader reader(Path file, BufferAllocator allocator) throws IOException {
    return new ArrowFileReader(
        new SeekableReadChannel(FileChannel.open(file, StandardOpenOption.READ)), allocator);
  }

  private static @Nullable Field field(Schema schema, String name) {
    return schema.getFields().stream()
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private boolean advance() throws IOException {
    do {
      if (!reader.loadNextBatch()) {
        return false;
      }
    } while (root.getRowCount() == 0);
    inBatch = -1;
    return true;
  }

  @Override
  public boolean next() {
    if (ended) {
      return false;
    }
    try {
      if (inBatch + 1 == root.getRowCount() && !advance()) {
        ended = true;
        return false;
      }
      inBatch++;
      row++;
      return true;
    } catch (IOException | RuntimeException e) {
      problems.add(
          "cannot be read after row %d: %s The rest of this file was not read."
              .formatted(row, fault(e)));
      ended = true;
      return false;
    }
  }

  @Override
  public String place() {
    return "row " + row;
  }

  @Override
  public @Nullable String value(int field) {
    FieldVector column = columns[field];
    Object value = column == null ? null : column.getObject(inBatch);
    if (value == null) {
      return null;
    }
    // Lists and structures print themselves as JSON.
    return single(field) ? FlatText.clean(value.toString()) : FlatText.ofJson(value.toString());
  }

  @Override
  public boolean single(int field) {
    FieldVector column = columns[field];
    return column == null
        || (column.getMinorType() != MinorType.BIT && column.getField().getChildren().isEmpty());
  }

  @Override
  public Collection<String> columns() {
    return root.getSchema().getFields().stream().map(Field::getName).toList();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public boolean vector(float[] target, int offset) {
    if (vectors == null) {
      throw new IllegalStateException("This file was opened without its vectors.");
    }
    String problem = vectors.read(inBatch, target, offset, dimension);
    if (problem != null) {
      problems.at(place(), problem);
    }
    return problem == null;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    allocator.close();
  }

  private static void closeQuietly(@Nullable ArrowFileReader reader, BufferAllocator allocator) {
    try {
      if (reader != null) {
        reader.close();
      }
      allocator.close();
    } catch (IOException | RuntimeException e) {
      // The file's own problem was told already.
    }
  }

  private static String fault(Exception e) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    return (message.length() > 200 ? message.substring(0, 200) + "…" : message) + ".";
  }
}
