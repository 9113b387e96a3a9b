package io.semanticids.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * Consecutive rows of a catalogue. The arrays are not copied.
 *
 * @param index the number of the shard, from 0, counted on over training and test rows
 * @param test whether these are test rows
 * @param firstRow the number of the first row; test rows are numbered on after the training rows
 * @param ids the rows' ids: {@code rows}; the row number where the catalogue has no ids
 * @param texts the rows' texts, empty where a row has none: {@code rows}; null where vectors are
 *     given
 * @param groups the rows' product groups, null where a row has none: {@code rows}; null without a
 *     group field
 * @param groupNumbers the groups' numbers in order of first appearance, -1 where a row has none:
 *     {@code rows}
 * @param vectors which vector is a row's: the number of its text among the distinct texts, in order
 *     of first appearance; the row number where vectors are given: {@code rows}
 * @param embeddings the given vectors, {@code rows x dimension}, row-major; null for texts and
 *     where the vectors are read in place ({@link Prepared#segments()})
 */
public record ItemShard(
    int index,
    boolean test,
    long firstRow,
    String[] ids,
    String @Nullable [] texts,
    @Nullable String @Nullable [] groups,
    int[] groupNumbers,
    long[] vectors,
    float @Nullable [] embeddings) {
  public ItemShard {
    int rows = ids.length;
    if (index < 0 || firstRow < 0 || rows == 0) {
      throw new IllegalArgumentException(
          "Shard %d of %d rows from row %d is not one.".formatted(index, rows, firstRow));
    }
    if (groupNumbers.length != rows
        || vectors.length != rows
        || (texts != null && texts.length != rows)
        || (groups != null && groups.length != rows)
        || (embeddings != null && embeddings.length % rows != 0)) {
      throw new IllegalArgumentException(
          "The columns of shard %d must have %d rows each.".formatted(index, rows));
    }
  }

  /** The number of rows. */
  public int rows() {
    return ids.length;
  }
}
