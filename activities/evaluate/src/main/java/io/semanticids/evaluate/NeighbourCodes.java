package io.semanticids.evaluate;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether items that lie near each other share codes: of an item's k nearest, the share that has
 * its first 1, 2, … L codes; beside it the same with the codes dealt out among the items at random.
 *
 * <p>Neighbours are exact within the pool; pool and queries are a sample, so these figures alone
 * are estimates.
 */
public final class NeighbourCodes {
  /** Items among which neighbours are looked for. */
  public static final int MAX_POOL = 200_000;

  /** Items whose neighbours are looked for. */
  public static final int MAX_QUERIES = 2_000;

  /** Neighbours of an item. */
  public static final int NEIGHBOURS = 10;

  private NeighbourCodes() {}

  /**
   * The shares in a pool.
   *
   * @param pool vectors of the pool, {@code n x d}: all training items, or a sample of at most
   *     {@link #MAX_POOL}
   * @param before codes under the unbalanced quantiser, {@code L x n}: {@code before[level][row of
   *     the pool]}
   * @param after the same under the balanced one; null when nothing was balanced
   * @param seed chooses the queries and the shuffle
   */
  public static Report.Neighbours of(
      Rows pool,
      int[][] before,
      int @Nullable [][] after,
      long seed,
      Arithmetic arithmetic,
      Progress progress) {
    int items = Math.toIntExact(pool.count());
    int[] queries = SeededRows.choose(items, MAX_QUERIES, seed);
    NearestRows nearest = NearestRows.find(pool, queries, NEIGHBOURS, arithmetic, progress);
    int[][] last = after == null ? before : after;
    return new Report.Neighbours(
        nearest.queries().length,
        nearest.k(),
        shares(nearest, before),
        after == null ? null : shares(nearest, after),
        shares(nearest, shuffle(last, SeededRows.permutation(items, seed))));
  }

  /**
   * For each level, the share of neighbours that have all of their query's codes up to it; 0
   * without neighbours.
   */
  static List<Double> shares(NearestRows nearest, int[][] codes) {
    long[] shared = new long[codes.length];
    for (int i = 0; i < nearest.neighbours().length; i++) {
      int query = nearest.queries()[i / nearest.k()];
      int neighbour = nearest.neighbours()[i];
      for (int level = 0; level < codes.length; level++) {
        if (codes[level][query] != codes[level][neighbour]) {
          break;
        }
        shared[level]++;
      }
    }
    long all = nearest.neighbours().length;
    return Arrays.stream(shared).mapToObj(count -> all == 0 ? 0 : (double) count / all).toList();
  }

  private static int[][] shuffle(int[][] codes, int[] permutation) {
    return Arrays.stream(codes)
        .map(level -> Arrays.stream(permutation).map(row -> level[row]).toArray())
        .toArray(int[][]::new);
  }
}
