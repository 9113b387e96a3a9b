package io.semanticids.balance;

import io.semanticids.tensor.CostKernel;
import java.util.Arrays;

/**
 * Potentials that are near those of an exactly balanced group, by Bertsekas' auction with scaled
 * epsilon. A row bids for the code of least score as much as keeps it least, and epsilon more; a
 * full code gives up its lowest bid, and its potential falls to that of the lowest left.
 *
 * <p>Phases end while some rows are still without a code: the last bids of a phase would be most of
 * its work, and {@link GroupSolver} makes loads exact from any potentials.
 */
final class Auction {
  /** The first and about the last epsilon, in units of a row's mean cost above its least. */
  private static final double FIRST = 0.3;

  private static final double LAST = 0.003;
  private static final double SCALING = 5;

  /** The only epsilon where codes hold one row at most: no code must be taken then. */
  private static final double ONLY = 0.03;

  /** The share of the rows at which a phase ends. */
  private static final double LEFT = 0.02;

  /** Bids of a phase, for each row: rows of equal costs could outbid each other for long. */
  private static final int PATIENCE = 40;

  private final int[] costs;
  private final int first;
  private final int rows;
  private final int size;
  private final int[] potentials;
  private final int[] capacities;
  private final int[] held;
  private final int[][] bids;
  private final int[][] bidders;
  private final int[] open;
  private final int[] scores;

  private Auction(int[] costs, int first, int rows, int size) {
    this.costs = costs;
    this.first = first;
    this.rows = rows;
    this.size = size;
    this.potentials = new int[size];
    this.capacities = new int[size];
    this.held = new int[size];
    this.bids = new int[size][];
    this.bidders = new int[size][];
    this.open = new int[rows];
    this.scores = new int[size];
  }

  /**
   * Potentials within 2^28 of each other, the largest of them 0.
   *
   * @param costs row-major rows of K, each less than 2^27 in size, n of them from row {@code first}
   *     on
   */
  static int[] potentials(int[] costs, int first, int rows, int size) {
    Auction auction = new Auction(costs, first, rows, size);
    if (size > 1 && rows > 1) {
      auction.run();
    }
    return auction.normalised();
  }

  private void run() {
    double scale = open();
    double epsilon = (rows < size ? ONLY : FIRST) * scale;
    double last = rows < size ? epsilon : LAST * scale;
    while (phase(Math.max(1, (int) epsilon)) && epsilon > Math.max(1, last)) {
      epsilon /= SCALING;
    }
  }

  /** Fixes capacities; returns the mean cost of a row above its least. */
  private double open() {
    long[] loads = new long[size];
    long above = 0;
    for (int i = 0; i < rows; i++) {
      int base = (first + i) * size;
      int min = Least.min(costs, base, size);
      loads[CostKernel.nearest(costs, base, min)]++;
      long sum = 0;
      for (int k = 0; k < size; k++) {
        sum += costs[base + k];
      }
      above += sum / size - min;
    }
    long[] fixed = Capacities.of(loads);
    for (int k = 0; k < size; k++) {
      capacities[k] = rows < size ? 1 : (int) fixed[k];
      bids[k] = new int[capacities[k]];
      bidders[k] = new int[capacities[k]];
    }
    return (double) above / rows;
  }

  /** Returns whether another one may follow. */
  private boolean phase(int epsilon) {
    Arrays.fill(held, 0);
    for (int i = 0; i < rows; i++) {
      open[i] = rows - 1 - i;
    }
    int count = rows;
    int left = (int) (rows * LEFT);
    for (long turn = (long) rows * PATIENCE; count > left && turn > 0; turn--) {
      int row = open[--count];
      Least.scores(costs, (first + row) * size, potentials, scores);
      int min = Least.min(scores, 0, size);
      int code = CostKernel.nearest(scores, 0, min);
      int bid = Least.besides(code, scores, 0, size) - min + epsilon - potentials[code];
      int lost = take(code, row, bid);
      if (lost >= 0) {
        open[count++] = lost;
      }
      if (held[code] == capacities[code]) {
        potentials[code] = Math.min(potentials[code], -bids[code][0]);
        if (potentials[code] < -Potentials.SPREAD) {
          return false;
        }
      }
    }
    return true;
  }

  /** Adds a bid to the heap of a code, whose lowest is first; the row that has lost its, or -1. */
  private int take(int code, int row, int bid) {
    int[] heap = bids[code];
    int[] of = bidders[code];
    if (held[code] < heap.length) {
      int at = held[code]++;
      for (int up = (at - 1) >> 1; at > 0 && heap[up] > bid; up = (at - 1) >> 1) {
        heap[at] = heap[up];
        of[at] = of[up];
        at = up;
      }
      heap[at] = bid;
      of[at] = row;
      return -1;
    }
    int lost = of[0];
    int at = 0;
    for (int down = 1; down < heap.length; down = 2 * at + 1) {
      if (down + 1 < heap.length && heap[down + 1] < heap[down]) {
        down++;
      }
      if (heap[down] >= bid) {
        break;
      }
      heap[at] = heap[down];
      of[at] = of[down];
      at = down;
    }
    heap[at] = bid;
    of[at] = row;
    return lost;
  }

  private int[] normalised() {
    int max = Arrays.stream(potentials).max().orElse(0);
    for (int k = 0; k < size; k++) {
      potentials[k] = (int) Math.max(potentials[k] - max, -Potentials.SPREAD);
    }
    return potentials;
  }
}
