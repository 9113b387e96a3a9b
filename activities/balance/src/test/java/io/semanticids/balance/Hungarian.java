package io.semanticids.balance;

import java.util.Arrays;

/**
 * Least-cost perfect matching by the textbook O(n^3) method: an independent reference for small
 * problems.
 */
final class Hungarian {
  private static final long FORBIDDEN = 1L << 45;

  private Hungarian() {}

  /** The least cost of giving every row a code with exactly these loads. */
  static long exactly(int[] costs, int rows, long[] capacities) {
    int size = capacities.length;
    long[][] matrix = new long[rows][rows];
    int column = 0;
    for (int k = 0; k < size; k++) {
      for (long place = 0; place < capacities[k]; place++, column++) {
        for (int i = 0; i < rows; i++) {
          matrix[i][column] = costs[i * size + k];
        }
      }
    }
    return solve(matrix);
  }

  /** The least cost with every load {@code floor(n / K)} or {@code ceil(n / K)}. */
  static long floorOrCeiling(int[] costs, int rows, int size) {
    int quota = rows / size;
    int places = (quota + 1) * size;
    long[][] matrix = new long[places][places];
    for (int k = 0; k < size; k++) {
      for (int place = 0; place <= quota; place++) {
        int column = k * (quota + 1) + place;
        for (int i = 0; i < places; i++) {
          boolean nobody = i >= rows;
          matrix[i][column] = nobody ? (place < quota ? FORBIDDEN : 0) : costs[i * size + k];
        }
      }
    }
    return solve(matrix);
  }

  private static long solve(long[][] costs) {
    int n = costs.length;
    long[] u = new long[n + 1];
    long[] v = new long[n + 1];
    int[] matched = new int[n + 1];
    for (int row = 1; row <= n; row++) {
      matched[0] = row;
      long[] least = new long[n + 1];
      int[] way = new int[n + 1];
      boolean[] used = new boolean[n + 1];
      Arrays.fill(least, Long.MAX_VALUE);
      int column = 0;
      do {
        used[column] = true;
        int at = matched[column];
        long delta = Long.MAX_VALUE;
        int next = 0;
        for (int j = 1; j <= n; j++) {
          if (!used[j]) {
            long reduced = costs[at - 1][j - 1] - u[at] - v[j];
            if (reduced < least[j]) {
              least[j] = reduced;
              way[j] = column;
            }
            if (least[j] < delta) {
              delta = least[j];
              next = j;
            }
          }
        }
        for (int j = 0; j <= n; j++) {
          if (used[j]) {
            u[matched[j]] += delta;
            v[j] -= delta;
          } else {
            least[j] -= delta;
          }
        }
        column = next;
      } while (matched[column] != 0);
      do {
        int before = way[column];
        matched[column] = matched[before];
        column = before;
      } while (column != 0);
    }
    long sum = 0;
    for (int j = 1; j <= n; j++) {
      sum += costs[matched[j] - 1][j - 1];
    }
    return sum;
  }
}
