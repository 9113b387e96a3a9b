package io.semanticids.balance;

import java.util.Arrays;

/**
 * Exact capacitated assignment of one small group by shortest augmenting paths, a row at a time
 * (Jonker and Volgenant's method with codes that hold {@code q = floor(n / K)} rows each, and a
 * pool that hands out the {@code n - q K} spare places, at most one to a code).
 *
 * <p>About {@code n K} steps a row once codes are full: meant for a few thousand rows.
 */
public final class GroupSolver {
  private static final long FAR = Long.MAX_VALUE;

  private final int[] costs;
  private final int rows;
  private final int size;
  private final int quota;
  private final int spare;
  private final int[] codes;
  private final long[] potentials;
  private final int[] loads;
  private final int[][] members;
  private final boolean[] extended;
  private int handedOut;

  private final long[] distances;
  private final boolean[] settled;
  private final int[] previous;
  private final int[] via;
  private final int[] order;

  private GroupSolver(int[] costs, int rows, int size, int[] codes) {
    this.costs = costs;
    this.rows = rows;
    this.size = size;
    this.quota = rows / size;
    this.spare = rows % size;
    this.codes = codes;
    this.potentials = new long[size + 1];
    this.loads = new int[size];
    this.members = new int[size][quota + 1];
    this.extended = new boolean[size];
    this.distances = new long[size + 1];
    this.settled = new boolean[size + 1];
    this.previous = new int[size + 1];
    this.via = new int[size + 1];
    this.order = new int[size + 1];
  }

  /**
   * Least-cost codes with every load {@code floor(n / K)} or {@code ceil(n / K)}.
   *
   * @param costs {@code n x K}, row-major; longer arrays are allowed
   * @param codes receives n codes
   * @param potentials receives K dual values: each row's code has the least {@code cost -
   *     potential}
   * @return the sum of the costs
   */
  public static long solve(int[] costs, int rows, int size, int[] codes, long[] potentials) {
    if (rows < 0
        || size < 1
        || costs.length < (long) rows * size
        || codes.length < rows
        || potentials.length < size) {
      throw new IllegalArgumentException(
          "%d costs, %d codes and %d potentials do not fit %d rows and %d codes."
              .formatted(costs.length, codes.length, potentials.length, rows, size));
    }
    GroupSolver solver = new GroupSolver(costs, rows, size, codes);
    solver.run();
    System.arraycopy(solver.potentials, 0, potentials, 0, size);
    long sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += costs[i * size + codes[i]];
    }
    return sum;
  }

  private void run() {
    for (int row = 0; row < rows; row++) {
      int found = search(row);
      int target = order[found];
      for (int i = 0; i < found; i++) {
        potentials[order[i]] += distances[order[i]] - distances[target];
      }
      augment(target);
    }
  }

  /** Settles nodes until one has room; returns its place in {@link #order}. */
  private int search(int row) {
    int pool = size;
    int base = row * size;
    for (int k = 0; k < size; k++) {
      distances[k] = costs[base + k] - potentials[k];
      previous[k] = -1;
      via[k] = row;
    }
    distances[pool] = FAR;
    Arrays.fill(settled, false);
    for (int count = 0; ; count++) {
      int node = nearest();
      long distance = distances[node];
      settled[node] = true;
      order[count] = node;
      if (node < size ? loads[node] < quota : handedOut < spare) {
        return count;
      }
      if (node == pool) {
        for (int k = 0; k < size; k++) {
          if (extended[k]) {
            reach(k, distance + potentials[pool] - potentials[k], pool, -1);
          }
        }
      } else {
        if (spare > 0 && !extended[node]) {
          reach(pool, distance + potentials[node] - potentials[pool], node, -1);
        }
        leave(node, distance);
      }
    }
  }

  private int nearest() {
    int node = -1;
    long least = FAR;
    for (int k = 0; k <= size; k++) {
      if (distances[k] < least && !settled[k]) {
        least = distances[k];
        node = k;
      }
    }
    return node;
  }

  /** Every row of a full code may leave for another one. */
  private void leave(int code, long distance) {
    for (int m = 0; m < loads[code]; m++) {
      int row = members[code][m];
      int base = row * size;
      long left = distance - costs[base + code] + potentials[code];
      for (int k = 0; k < size; k++) {
        long reached = left + costs[base + k] - potentials[k];
        if (reached < distances[k] && !settled[k]) {
          distances[k] = reached;
          previous[k] = code;
          via[k] = row;
        }
      }
    }
  }

  private void reach(int node, long distance, int from, int row) {
    if (distance < distances[node] && !settled[node]) {
      distances[node] = distance;
      previous[node] = from;
      via[node] = row;
    }
  }

  private void augment(int target) {
    int node = target;
    if (node == size) {
      handedOut++;
    }
    while (true) {
      int from = previous[node];
      if (node == size) {
        extended[from] = true;
      } else if (from == size) {
        extended[node] = false;
      } else {
        int moving = via[node];
        members[node][loads[node]++] = moving;
        codes[moving] = node;
        if (from < 0) {
          return;
        }
        int at = 0;
        while (members[from][at] != moving) {
          at++;
        }
        members[from][at] = members[from][--loads[from]];
      }
      node = from;
    }
  }
}
