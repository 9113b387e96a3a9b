package io.semanticids.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
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

  /** Told of every file as soon as it is complete; it may take it away. */
  @FunctionalInterface
  public interface Finished {
    /**
     * One file.
     *
     * @param name below the run's folder, with {@code /}
     * @param file where it lies
     */
    void file(String name, Path file) throws IOException;
  }

  /**
   * Writes all files of a run.
   *
   * @param blocks all items in row order, training items first
   * @param items how many they are
   * @param folder where files are written; it exists
   * @param finished takes each file when it is complete
   */
  public static void write(Iterator<CodeBlock> blocks, long items, Path folder, Finished finished)
      throws IOException {
    write(blocks, items, folder, finished, PART_ROWS, MAX_JSON_ITEMS);
  }

  static void write(
      Iterator<CodeBlock> blocks,
      long items,
      Path folder,
      Finished finished,
      int partRows,
      long maxJsonItems)
      throws IOException {
    boolean json = items <= maxJsonItems;
    Path linesFile = folder.resolve("semantic-ids.jsonl");
    Path indexFile = folder.resolve("index.json");
    try (Parts parts = new Parts(folder, partRows, finished);
        IdSink lines = json ? new JsonLines(linesFile) : NOTHING;
        IdSink index = json ? new IdIndex(indexFile) : NOTHING) {
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
      parts.finish();
      lines.finish();
      index.finish();
    }
    if (json) {
      finished.file("semantic-ids.jsonl", linesFile);
      finished.file("index.json", indexFile);
    }
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
    sink.finish();
  }

  private static final IdSink NOTHING =
      new IdSink() {
        @Override
        public void write(CodeBlock block, int from, int to) {}

        @Override
        public void finish() {}

        @Override
        public void close() {}
      };

  /** The Parquet parts: a full one is closed and the next begun, also inside a block. */
  private static final class Parts implements IdSink {
    private final Path folder;
    private final int partRows;
    private final Finished finished;
    private @Nullable ParquetPart part;
    private int number;
    private int rows;

    Parts(Path folder, int partRows, Finished finished) {
      this.folder = folder;
      this.partRows = partRows;
      this.finished = finished;
    }

    @Override
    public void write(CodeBlock block, int from, int to) throws IOException {
      int at = from;
      while (at < to) {
        ParquetPart open = part;
        if (open == null) {
          open = new ParquetPart(folder.resolve("part-%05d.parquet".formatted(number)));
          part = open;
        }
        int end = Math.min(to, at + partRows - rows);
        open.write(block, at, end);
        rows += end - at;
        at = end;
        if (rows == partRows) {
          finish();
        }
      }
    }

    @Override
    public void finish() throws IOException {
      ParquetPart open = part;
      if (open != null) {
        open.finish();
        close();
        finished.file("semantic-ids/" + open.file().getFileName(), open.file());
        number++;
        rows = 0;
      }
    }

    @Override
    public void close() throws IOException {
      ParquetPart open = part;
      part = null;
      if (open != null) {
        open.close();
      }
    }
  }
}
