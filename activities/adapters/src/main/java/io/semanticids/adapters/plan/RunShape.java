package io.semanticids.adapters.plan;

import io.semanticids.quantize.SampleRows;
import io.semanticids.workflows.activity.OpenedRequest.Scope;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Everything that the size of a run depends on.
 *
 * @param train training rows, at least 1
 * @param test test rows
 * @param exact whether both were counted, not estimated
 * @param dimension values of a vector
 * @param texts whether vectors are still to be embedded
 * @param inPlace whether given vectors are read where they lie
 * @param halfs whether training vectors are float16: embeddings, and given ones that are
 * @param textBytes of all ids and texts as they are stored; 0 where vectors are given
 * @param sizes codes of each level
 * @param uniform which levels are balanced
 * @param scope within what
 * @param refit whether balanced centroids are fitted anew
 * @param beam paths that the unbalanced encoding keeps open
 * @param shardRows rows of a shard
 * @param threads that compute
 */
public record RunShape(
    long train,
    long test,
    boolean exact,
    int dimension,
    boolean texts,
    boolean inPlace,
    boolean halfs,
    long textBytes,
    List<Integer> sizes,
    List<Boolean> uniform,
    Scope scope,
    boolean refit,
    int beam,
    int shardRows,
    int threads) {
  /** Inside prefixes each path has a potential of 4 bytes in the codebook. */
  public static final long MOST_PATHS = 1L << 27;

  public RunShape {
    sizes = List.copyOf(sizes);
    uniform = List.copyOf(uniform);
    if (train < 1 || test < 0 || dimension < 1 || shardRows < 1) {
      throw new IllegalArgumentException(
          "%d training and %d test rows of dimension %d in shards of %d rows are no run."
              .formatted(train, test, dimension, shardRows));
    }
    if (sizes.isEmpty() || sizes.size() != uniform.size()) {
      throw new IllegalArgumentException(
          "sizes (%s) and uniform (%s) must have one entry a level.".formatted(sizes, uniform));
    }
  }

  long rows() {
    return train + test;
  }

  int levels() {
    return sizes.size();
  }

  boolean balanced() {
    return uniform.contains(true);
  }

  /** Whether a level (from 1) is balanced inside prefixes. */
  boolean insidePrefixes(int level) {
    return uniform.get(level - 1) && scope.insidePrefixes(level, levels());
  }

  /** Whether the request balances any level inside prefixes. */
  boolean insidePrefixes() {
    return IntStream.rangeClosed(1, levels()).anyMatch(this::insidePrefixes);
  }

  /** Whether every level is balanced, from the second on inside prefixes: paths are used evenly. */
  boolean everyPathEqual() {
    return !uniform.contains(false)
        && IntStream.rangeClosed(2, levels()).allMatch(this::insidePrefixes);
  }

  /** Rows of the sample that a level is fitted on. */
  long sample(int level) {
    return SampleRows.size(train, sizes.get(level - 1), dimension);
  }

  long shards() {
    return ceil(train, shardRows) + ceil(test, shardRows);
  }

  /** Units of a pass that is summed up, as {@code Units} cuts them. */
  long reduced() {
    return Math.min(ceil(train, shardRows), Math.max(4, Math.min(32, train >> 18)));
  }

  static long ceil(long rows, long each) {
    return (rows + each - 1) / each;
  }
}
