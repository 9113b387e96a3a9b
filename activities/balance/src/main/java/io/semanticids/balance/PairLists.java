package io.semanticids.balance;

import java.io.IOException;
import java.util.Arrays;

/**
 * For each ordered pair of codes the cheapest moves, up to the plan's depth, in (margin, row)
 * order.
 *
 * <p>A move is one long, {@code margin << 33 | row}, so that its order is the numbers' own. A list
 * that is full is a heap with the dearest move on top. Which moves are kept depends neither on the
 * order of offering nor on merging.
 */
final class PairLists {
  private static final int ROW_BITS = 33;
  private static final long ROW_MASK = (1L << ROW_BITS) - 1;
  private static final long[] EMPTY = {};

  /** A list begins with room for so many moves. */
  private static final long FEW = 16;

  private final RepairPlan plan;
  private final long[][] lists;
  private final int[] counts;

  /**
   * By codes from and to. Margins above this are not wanted: the plan's limit, or the dearest kept
   * one of a full list.
   */
  private final int[][] limits;

  /** By code: no limit of a move out of it is higher. */
  private final int[] most;

  PairLists(RepairPlan plan) {
    int pairs = plan.size() * plan.size();
    this.plan = plan;
    this.lists = new long[pairs][];
    this.counts = new int[pairs];
    this.limits = new int[plan.size()][plan.size()];
    this.most = new int[plan.size()];
    Arrays.fill(lists, EMPTY);
    Arrays.fill(most, -1);
    for (int pair = 0; pair < pairs; pair++) {
      int limit = plan.depth(pair) == 0 ? -1 : plan.limit(pair);
      int code = pair / plan.size();
      limits[code][pair % plan.size()] = limit;
      most[code] = Math.max(most[code], limit);
    }
  }

  /** A row of this code whose cheapest move has a higher margin has none to offer. */
  int mostOf(int code) {
    return most[code];
  }

  /** By code: margins of moves to it from this one that are above are not wanted. */
  int[] limits(int code) {
    return limits[code];
  }

  static int margin(long move) {
    return (int) (move >>> ROW_BITS);
  }

  static long row(long move) {
    return move & ROW_MASK;
  }

  /** Offers a move whose margin is at most the pair's limit. */
  void offer(int from, int to, int margin, long row) {
    offer(from, to, move(margin, row));
  }

  private static long move(int margin, long row) {
    return ((long) margin << ROW_BITS) | row;
  }

  private void offer(int from, int to, long move) {
    int pair = from * plan.size() + to;
    int depth = plan.depth(pair);
    int count = counts[pair];
    long[] list = lists[pair];
    if (count < depth) {
      if (count == list.length) {
        list = Arrays.copyOf(list, (int) Math.min(depth, Math.max(FEW, 2L * count)));
        lists[pair] = list;
      }
      list[count] = move;
      counts[pair] = count + 1;
      if (count + 1 == depth) {
        for (int i = depth / 2 - 1; i >= 0; i--) {
          sink(list, depth, i);
        }
        limits[from][to] = margin(list[0]);
      }
    } else if (depth > 0 && move < list[0]) {
      list[0] = move;
      sink(list, depth, 0);
      limits[from][to] = margin(list[0]);
    }
  }

  private static void sink(long[] heap, int count, int from) {
    long move = heap[from];
    int at = from;
    for (int child = 2 * at + 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= move) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = move;
  }

  void merge(PairLists other) {
    for (int pair = 0; pair < counts.length; pair++) {
      for (int i = 0; i < other.counts[pair]; i++) {
        offer(pair / plan.size(), pair % plan.size(), other.lists[pair][i]);
      }
    }
  }

  /** Shares the lists of moves out of this code with others of the same depths and limits. */
  void share(int code, PairLists others) {
    int size = plan.size();
    for (int pair = code * size; pair < (code + 1) * size; pair++) {
      lists[pair] = others.lists[pair];
      counts[pair] = others.counts[pair];
    }
    limits[code] = others.limits[code];
  }

  int count(int pair) {
    return counts[pair];
  }

  long total() {
    return Arrays.stream(counts).asLongStream().sum();
  }

  /** The pair's moves, ascending, as a copy. */
  long[] sorted(int pair) {
    long[] moves = Arrays.copyOf(lists[pair], counts[pair]);
    Arrays.sort(moves);
    return moves;
  }

  /**
   * Every move that was not kept costs at least this; {@code Long.MAX_VALUE} where all were kept.
   */
  long bound(int pair) {
    if (plan.depth(pair) == 0) {
      return 0;
    }
    if (counts[pair] == plan.depth(pair)) {
      return margin(lists[pair][0]);
    }
    return plan.limit(pair) == Integer.MAX_VALUE ? Long.MAX_VALUE : plan.limit(pair) + 1L;
  }

  void write(Packed.Writer out) throws IOException {
    for (int pair = 0; pair < counts.length; pair++) {
      out.write(counts[pair]);
      long margin = 0;
      for (long move : sorted(pair)) {
        out.write(margin(move) - margin);
        out.write(row(move));
        margin = margin(move);
      }
    }
  }

  /** Merges what {@link #write} wrote of lists of the same plan. */
  void merge(Packed.Reader in) throws IOException {
    for (int pair = 0; pair < counts.length; pair++) {
      int count = in.readInt();
      int margin = 0;
      for (int i = 0; i < count; i++) {
        margin += in.readInt();
        offer(pair / plan.size(), pair % plan.size(), move(margin, in.read()));
      }
    }
  }
}
