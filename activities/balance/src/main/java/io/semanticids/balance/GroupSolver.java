package io.semanticids.balance;

import io.semanticids.tensor.CostKernel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Exact capacitated assignment of one group in memory: every code holds {@code q = floor(n / K)}
 * rows, and a pool hands out the {@code n - q K} spare places, at most one to a code.
 *
 * <p>Each row begins with its least score under the potentials of an {@link Auction}. What codes
 * hold too much then goes, a row at a time, along the shortest path to a code with room, in a graph
 * of K codes and the pool: an arc (j, k) weighs what the cheapest row of j costs more at k.
 * Potentials follow the distances, so that each row keeps the least score it can have (Ahuja,
 * Magnanti and Orlin, "Network Flows", 9.7). About {@code K} steps for each code that a path passes
 * by.
 *
 * <p>All numbers fit an int: costs are below 2^27, so codes that hold rows have potentials within
 * 2^28 of the largest; and a code that still has room keeps its own, which is within 2^28 of what
 * the largest was at the start. So potentials stay within 2^29 of 0, and distances up to the target
 * too.
 */
final class GroupSolver {
  private static final int FAR = Integer.MAX_VALUE;

  private final int[] costs;
  private final int first;
  private final int rows;
  private final int size;
  private final int quota;
  private final int spare;
  private final int[] codes;
  private final int[] potentials;
  private final int[] loads;
  private final int[][] members;
  private final boolean[] extended;

  /** Row j: the least {@code cost_k - cost_j} of the rows at j. Made when j has several rows. */
  private final int[][] arcs;

  private final boolean[] fresh;

  private final int[] scores;

  /** A copy of a row: the compiler takes many numbers at once where all arrays are read alike. */
  private final int[] copy;

  private final int[] distances;

  /** All bits but the sign where a code is settled: its distance then counts as far. */
  private final int[] mask;

  /** Nodes in the order in which they were settled; K is the pool. */
  private final int[] order;

  private final int[] path;
  private int settled;
  private int poolPotential;
  private int poolDistance;

  private GroupSolver(int[] costs, int first, int rows, int size, int[] codes) {
    this.costs = costs;
    this.first = first;
    this.rows = rows;
    this.size = size;
    this.quota = rows / size;
    this.spare = rows % size;
    this.codes = codes;
    this.potentials = Auction.potentials(costs, first, rows, size);
    this.loads = new int[size];
    this.members = new int[size][];
    this.extended = new boolean[size];
    this.arcs = new int[size][];
    this.fresh = new boolean[size];
    this.scores = new int[size];
    this.copy = new int[size];
    this.distances = new int[size];
    this.mask = new int[size];
    this.order = new int[size + 1];
    this.path = new int[size + 1];
  }

  /**
   * Least-cost codes with every load {@code floor(n / K)} or {@code ceil(n / K)}.
   *
   * @param costs row-major rows of K, each less than 2^27 in size, n of them from row {@code first}
   *     on
   * @param codes receives n codes
   * @param potentials receives K dual values: each row's code has the least {@code cost -
   *     potential}, and codes with {@code ceil(n / K)} rows have the least potentials
   * @return the sum of the costs
   */
  static long solve(int[] costs, int first, int rows, int size, int[] codes, long[] potentials) {
    if (first < 0
        || rows < 0
        || size < 1
        || costs.length < ((long) first + rows) * size
        || codes.length < rows
        || potentials.length < size) {
      throw new IllegalArgumentException(
          "%d costs, %d codes and %d potentials do not fit %d rows from %d on and %d codes."
              .formatted(costs.length, codes.length, potentials.length, rows, first, size));
    }
    GroupSolver solver = new GroupSolver(costs, first, rows, size, codes);
    solver.run();
    for (int k = 0; k < size; k++) {
      potentials[k] = solver.potentials[k];
    }
    long sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += costs[(first + i) * size + codes[i]];
    }
    return sum;
  }

  private void run() {
    for (int row = 0; row < rows; row++) {
      codes[row] = Least.place(costs, at(row), potentials, scores);
      loads[codes[row]]++;
    }
    for (int k = 0; k < size; k++) {
      members[k] = new int[Math.max(loads[k], quota + 2)];
    }
    Arrays.fill(loads, 0);
    for (int row = 0; row < rows; row++) {
      members[codes[row]][loads[codes[row]]++] = row;
    }
    if (spare > 0) {
      extend();
    }
    for (int code = 0; code < size; code++) {
      while (loads[code] > capacity(code)) {
        augment(code, search(code));
      }
    }
  }

  /** Where the costs of a row begin. */
  private int at(int row) {
    return (first + row) * size;
  }

  private int capacity(int code) {
    return extended[code] ? quota + 1 : quota;
  }

  /** Spare places go to the codes of least potential; of equal ones, to the fullest. */
  private void extend() {
    int[] lowest =
        IntStream.range(0, size)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(k -> potentials[k])
                    .thenComparingInt(k -> -loads[k])
                    .thenComparingInt(k -> k))
            .limit(spare)
            .mapToInt(k -> k)
            .toArray();
    for (int code : lowest) {
      extended[code] = true;
    }
    poolPotential = potentials[lowest[spare - 1]];
  }

  /** Settles nodes until one is a code that has room, and returns it. */
  private int search(int source) {
    Arrays.fill(distances, FAR);
    Arrays.fill(mask, 0);
    distances[source] = 0;
    poolDistance = FAR;
    boolean poolSettled = spare == 0;
    settled = 0;
    while (true) {
      open(distances, mask, scores);
      int distance = Least.min(scores, 0, size);
      if (!poolSettled && poolDistance < distance) {
        poolSettled = true;
        order[settled++] = size;
        leavePool();
        continue;
      }
      int code = CostKernel.nearest(scores, 0, distance);
      order[settled++] = code;
      if (loads[code] < capacity(code)) {
        return code;
      }
      mask[code] = FAR;
      int base = distance + potentials[code];
      if (!poolSettled && !extended[code]) {
        poolDistance = Math.min(poolDistance, base - poolPotential);
      }
      if (loads[code] == 1) {
        int at = at(members[code][0]);
        System.arraycopy(costs, at, copy, 0, size);
        reach(distances, copy, potentials, base - copy[code]);
      } else if (loads[code] > 1) {
        reach(distances, arcs(code), potentials, base);
      }
    }
  }

  private static void open(int[] distances, int[] mask, int[] values) {
    for (int k = 0; k < values.length; k++) {
      values[k] = distances[k] | mask[k];
    }
  }

  private static void reach(int[] distances, int[] weights, int[] potentials, int base) {
    for (int k = 0; k < distances.length; k++) {
      distances[k] = Math.min(distances[k], base + weights[k] - potentials[k]);
    }
  }

  /** A code that has a spare place may give it up. */
  private void leavePool() {
    int base = poolDistance + poolPotential;
    for (int k = 0; k < size; k++) {
      if (extended[k]) {
        distances[k] = Math.min(distances[k], base - potentials[k]);
      }
    }
  }

  private int[] arcs(int code) {
    if (!fresh[code]) {
      if (arcs[code] == null) {
        arcs[code] = new int[size];
      }
      Arrays.fill(arcs[code], FAR);
      for (int m = 0; m < loads[code]; m++) {
        lower(code, members[code][m]);
      }
      fresh[code] = true;
    }
    return arcs[code];
  }

  private void lower(int code, int row) {
    System.arraycopy(costs, at(row), copy, 0, size);
    lower(arcs[code], copy, copy[code]);
  }

  private static void lower(int[] weights, int[] costs, int own) {
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Math.min(weights[k], costs[k] - own);
    }
  }

  /** The weight of an arc from a code that holds rows and was settled. */
  private int weight(int from, int to) {
    return loads[from] == 1 ? excess(members[from][0], from, to) : arcs[from][to];
  }

  private int excess(int row, int from, int to) {
    return costs[at(row) + to] - costs[at(row) + from];
  }

  private void augment(int source, int target) {
    int length = 0;
    for (int node = target; node != source; node = previous(node)) {
      path[length++] = node;
    }
    path[length] = source;
    int distance = distances[target];
    for (int i = 0; i < settled - 1; i++) {
      int node = order[i];
      if (node == size) {
        poolPotential += poolDistance - distance;
      } else {
        potentials[node] += distances[node] - distance;
      }
    }
    // Arcs nearer the target go first, so that what arrives at a code cannot be what leaves it.
    for (int i = 0; i < length; i++) {
      int to = path[i];
      int from = path[i + 1];
      if (to == size) {
        extended[from] = true;
      } else if (from == size) {
        extended[to] = false;
      } else {
        move(from, to);
      }
    }
  }

  /** The node settled first from which the shortest path comes. */
  private int previous(int node) {
    int at = 0;
    while (!leads(order[at], node)) {
      at++;
    }
    return order[at];
  }

  private boolean leads(int from, int to) {
    if (from == to) {
      return false;
    }
    if (from == size) {
      return extended[to] && poolDistance + poolPotential - potentials[to] == distances[to];
    }
    int base = distances[from] + potentials[from];
    if (to == size) {
      return !extended[from] && base - poolPotential == poolDistance;
    }
    return loads[from] > 0 && base + weight(from, to) - potentials[to] == distances[to];
  }

  private void move(int from, int to) {
    int[] leaving = members[from];
    int weight = weight(from, to);
    int at = 0;
    while (excess(leaving[at], from, to) != weight) {
      at++;
    }
    int row = leaving[at];
    leaving[at] = leaving[--loads[from]];
    fresh[from] = fresh[from] && hasTwin(from, row);
    if (loads[to] == members[to].length) {
      members[to] = Arrays.copyOf(members[to], 2 * loads[to]);
    }
    members[to][loads[to]++] = row;
    codes[row] = to;
    if (fresh[to]) {
      lower(to, row);
    }
  }

  /** Whether a row of the code has the costs of one that has left: then no arc has changed. */
  private boolean hasTwin(int code, int row) {
    int base = at(row);
    for (int m = 0; m < loads[code]; m++) {
      int other = at(members[code][m]);
      if (Arrays.equals(costs, base, base + size, costs, other, other + size)) {
        return true;
      }
    }
    return false;
  }
}
