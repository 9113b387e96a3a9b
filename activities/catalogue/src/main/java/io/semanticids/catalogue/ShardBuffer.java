package io.semanticids.catalogue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Fills shards row by row and hands each to the sink when it is full. Not thread-safe. */
final class ShardBuffer {
  private static final int FIRST_CAPACITY = 1024;

  private final ItemSink sink;
  private final int shardRows;
  private final boolean texts;
  private final boolean groups;
  private int index;
  private long row;

  private boolean test;
  private int count;
  private String[] ids = new String[0];
  private String[] textColumn = new String[0];
  private @Nullable String[] groupColumn = new String[0];
  private int[] groupNumbers = new int[0];
  private long[] vectors = new long[0];
  private float[] embeddings = new float[0];
  private final int dimension;

  /**
   * @param dimension of the vectors that go into the shards; 0 if none do
   */
  ShardBuffer(ItemSink sink, int shardRows, boolean texts, boolean groups, int dimension) {
    if (shardRows <= 0 || (long) shardRows * dimension > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "A shard of %d rows of dimension %d cannot be held. Set shardRows between 1 and %d."
              .formatted(shardRows, dimension, (Integer.MAX_VALUE - 8) / Math.max(1, dimension)));
    }
    this.sink = sink;
    this.shardRows = shardRows;
    this.texts = texts;
    this.groups = groups;
    this.dimension = dimension;
  }

  /**
   * Adds a row.
   *
   * @param vector of {@code dimension} values, copied; ignored where the shards hold none
   */
  void add(
      String id,
      @Nullable String text,
      @Nullable String group,
      int groupNumber,
      long vectorNumber,
      float[] vector) {
    if (count == ids.length) {
      grow();
    }
    ids[count] = id;
    if (texts) {
      textColumn[count] = text == null ? "" : text;
    }
    if (groups) {
      groupColumn[count] = group;
    }
    groupNumbers[count] = groupNumber;
    vectors[count] = vectorNumber;
    System.arraycopy(vector, 0, embeddings, count * dimension, dimension);
    count++;
    if (count == shardRows) {
      flush();
    }
  }

  /** Ends the training rows; those that follow are test rows. */
  void beginTest() {
    flush();
    test = true;
  }

  /** Hands over what is left. */
  void flush() {
    if (count == 0) {
      return;
    }
    trim(count);
    sink.shard(
        new ItemShard(
            index,
            test,
            row,
            ids,
            texts ? textColumn : null,
            groups ? groupColumn : null,
            groupNumbers,
            vectors,
            dimension > 0 ? embeddings : null));
    index++;
    row += count;
    count = 0;
    trim(0); // The sink has the arrays now.
  }

  private void grow() {
    // After one full shard another is likely.
    long capacity = index > 0 ? shardRows : Math.max(FIRST_CAPACITY, 2L * count);
    trim((int) Math.min(shardRows, capacity));
  }

  /** Gives the columns a length: what is held is never copied without need. */
  private void trim(int capacity) {
    if (capacity == ids.length) {
      return;
    }
    ids = Arrays.copyOf(ids, capacity);
    textColumn = Arrays.copyOf(textColumn, texts ? capacity : 0);
    groupColumn = Arrays.copyOf(groupColumn, groups ? capacity : 0);
    groupNumbers = Arrays.copyOf(groupNumbers, capacity);
    vectors = Arrays.copyOf(vectors, capacity);
    embeddings = Arrays.copyOf(embeddings, capacity * dimension);
  }
}
