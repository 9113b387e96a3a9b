package io.semanticids.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the semantic IDs of a run, in row order: {@code semantic-ids/part-00000.parquet}, …; for
 * up to {@link #MAX_JSON_ITEMS} items also {@code semantic-ids.jsonl} and {@code index.json}.
 *
 * <p>Items are streamed: what is held in memory is one block and one Parquet part.
 */
public final class SemanticIdFiles {
  /** Rows of a Parquet part. */
  public static final int PART_ROWS = 1_000_000;

  /** Above this many items no JSON is written: nothing reads maps of that size. */
  public static final long MAX_JSON_ITEMS = 1_000_000;

  private SemanticIdFiles() {}

  /**
   * Writes all files of a run.
   *
   * @param blocks all items in row order, training items first
   * @param items how many they are
   * @param folder where files are written; it exists
   * @return the written files' names below {@code folder}, with {@code /}
   */
  public static List<String> write(Iterator<CodeBlock> blocks, long items, Path folder)
      throws IOException {
    return write(blocks, items, folder, PART_ROWS, MAX_JSON_ITEMS);
  }

  static List<String> write(
      Iterator<CodeBlock> blocks, long items, Path folder, int partRows, long maxJsonItems)
      throws IOException {
    boolean json = items <= maxJsonItems;
    List<String> names = new ArrayList<>();
    Files.createDirectories(folder.resolve("semantic-ids"));
    try (Parts parts = new Parts(folder, partRows, names);
        IdSink lines = json ? new JsonLines(folder.resolve("semantic-ids.jsonl")) : NOTHING;
        IdSink index = json ? new IdIndex(folder.resolve("index.json")) : NOTHING) {
      long written = 0;
      while (blocks.hasNext()) {
        CodeBlock block = blocks.next();
        parts.write(block, 0, block.items());
        lines.write(block, 0, block.items());
        index.write(block, 0, block.items());
        written += block.items();
      }
      if (written != items) {
        throw new IllegalArgumentException(
            "%d items were announced, %d came.".formatted(items, written));
      }
    }
    if (json) {
      names.add("semantic-ids.jsonl");
      names.add("index.json");
    }
    return List.copyOf(names);
  }

  /** Writes one Parquet file of these items, such as the IDs of new ones. */
  public static void writeParquet(Iterator<CodeBlock> blocks, Path file) throws IOException {
    try (IdSink part = new ParquetPart(file)) {
      copy(blocks, part);
    }
  }

  /** Writes one JSONL file of these items, such as the IDs of new ones. */
  public static void writeJsonLines(Iterator<CodeBlock> blocks, Path file) throws IOException {
    try (IdSink lines = new JsonLines(file)) {
      copy(blocks, lines);
    }
  }

  private static void copy(Iterator<CodeBlock> blocks, IdSink sink) throws IOException {
    while (blocks.hasNext()) {
      CodeBlock block = blocks.next();
      sink.write(block, 0, block.items());
    }
  }

  private static final IdSink NOTHING =
      new IdSink() {
        @Override
        public void write(CodeBlock block, int from, int to) {}

        @Override
        public void close() {}
      };

  /** The Parquet parts: a full one is closed and the next begun, also inside a block. */
  private static final class Parts implements IdSink {
    private final Path folder;
    private final int partRows;
    private final List<String> names;
    private @Nullable ParquetPart part;
    private int rows;

    Parts(Path folder, int partRows, List<String> names) {
      this.folder = folder;
      this.partRows = partRows;
      this.names = names;
    }

    @Override
    public void write(CodeBlock block, int from, int to) throws IOException {
      int at = from;
      while (at < to) {
        ParquetPart open = open();
        int end = Math.min(to, at + partRows - rows);
        open.write(block, at, end);
        rows += end - at;
        at = end;
        if (rows == partRows) {
          close();
        }
      }
    }

    @Override
    public void close() throws IOException {
      ParquetPart open = part;
      part = null;
      rows = 0;
      if (open != null) {
        open.close();
      }
    }

    private ParquetPart open() throws IOException {
      ParquetPart open = part;
      if (open == null) {
        String name = "semantic-ids/part-%05d.parquet".formatted(names.size());
        open = new ParquetPart(folder.resolve(name));
        names.add(name);
        part = open;
      }
      return open;
    }
  }
}
