package io.semanticids.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Items in the order of their path keys, items of one path in the order of their rows.
 *
 * <p>A stable radix sort of row numbers: 8 bytes an item while it sorts and 4 afterwards, beside
 * the caller's keys (which are read, not moved, and must not change while the order is used). At
 * most 2^31 - 1 items.
 */
public final class PathOrder {
  private static final int DIGIT_BITS = 11;
  private static final int BUCKETS = 1 << DIGIT_BITS;

  private final long[] keys;
  private final int[] rows;

  private PathOrder(long[] keys, int[] rows) {
    this.keys = keys;
    this.rows = rows;
  }

  /** Told of every path that has items: they are {@code rows[from .. to)}, ascending. */
  @FunctionalInterface
  public interface Visitor {
    void path(int[] rows, int from, int to);
  }

  /**
   * A path and the first of its items.
   *
   * @param items how many items have the path
   * @param rows the lowest row numbers among them, ascending
   */
  public record Collision(int items, List<Integer> rows) {
    public Collision {
      rows = List.copyOf(rows);
    }
  }

  /** Sorts items by these keys, which must not be negative. */
  public static PathOrder of(long[] keys) {
    long all = 0;
    for (long key : keys) {
      all |= key;
    }
    if (all < 0) {
      throw new IllegalArgumentException("Path keys must not be negative.");
    }
    int[] rows = new int[keys.length];
    Arrays.setAll(rows, i -> i);
    int[] target = all == 0 ? rows : new int[keys.length];
    for (int shift = 0; shift < Long.SIZE && all >>> shift != 0; shift += DIGIT_BITS) {
      if ((all >>> shift & BUCKETS - 1) != 0) {
        sortByDigit(keys, rows, target, shift);
        int[] sorted = target;
        target = rows;
        rows = sorted;
      }
    }
    return new PathOrder(keys, rows);
  }

  /** The number of items. */
  public long items() {
    return rows.length;
  }

  /** Visits all paths that have items, in the order of their keys. */
  public void forEachPath(Visitor visitor) {
    int from = 0;
    while (from < rows.length) {
      long key = keys[rows[from]];
      int to = from + 1;
      while (to < rows.length && keys[rows[to]] == key) {
        to++;
      }
      visitor.path(rows, from, to);
      from = to;
    }
  }

  /**
   * The {@code count} fullest paths of at least two items, ties by key; of each the first {@code
   * members} rows.
   */
  public List<Collision> largest(int count, int members) {
    // The worst of those that are kept stays on top: the smallest, then the one of the highest key
    // (visited last).
    Comparator<int[]> worstFirst =
        Comparator.<int[]>comparingInt(run -> run[1] - run[0])
            .thenComparing(Comparator.<int[]>comparingInt(run -> run[0]).reversed());
    PriorityQueue<int[]> kept = new PriorityQueue<>(worstFirst);
    forEachPath(
        (order, from, to) -> {
          if (to - from < 2) {
            return;
          }
          kept.add(new int[] {from, to});
          if (kept.size() > count) {
            kept.remove();
          }
        });
    List<int[]> runs = new ArrayList<>(kept);
    runs.sort(worstFirst.reversed());
    return runs.stream().map(run -> collision(run[0], run[1], members)).toList();
  }

  private Collision collision(int from, int to, int members) {
    List<Integer> first = new ArrayList<>();
    for (int i = from; i < Math.min(to, from + members); i++) {
      first.add(rows[i]);
    }
    return new Collision(to - from, first);
  }

  private static void sortByDigit(long[] keys, int[] rows, int[] target, int shift) {
    int[] starts = new int[BUCKETS + 1];
    for (long key : keys) {
      starts[(int) (key >>> shift & BUCKETS - 1) + 1]++;
    }
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      starts[bucket + 1] += starts[bucket];
    }
    for (int row : rows) {
      target[starts[(int) (keys[row] >>> shift & BUCKETS - 1)]++] = row;
    }
  }
}
