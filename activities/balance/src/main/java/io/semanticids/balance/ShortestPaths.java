package io.semanticids.balance;

import java.util.Arrays;

/**
 * Moves surplus to codes with room along shortest paths, one bundle after the other. Potentials
 * (drifts from the start) keep reduced weights from being negative, so that each state is cheapest
 * for its loads among the moves that were kept.
 */
final class ShortestPaths {
  /** Distances and drifts below it are searched in ints. */
  static final int NEAR = 1 << 28;

  /** What an arc weighs at most in such a search: what is reached over it is not near. */
  private static final int FAR = 1 << 30;

  private final int size;
  private final ExchangeGraph graph;
  private final RepairItems items;
  private final long[] loads;
  private final long[] capacities;
  private final long[] drifts;
  private final long[] distances;
  private final boolean[] settled;
  private final int[] previous;
  private final int[] order;
  private final Least least;
  private final int[] nearDistances;
  private final int[] nearDrifts;

  /** All bits but the sign where a code is settled: its distance then counts as far. */
  private final int[] mask;

  private final int near;
  private int settledCount;
  private long bundles;

  /** {@code near}: {@link #NEAR} or less; 0 searches in longs alone. */
  ShortestPaths(ExchangeGraph graph, RepairItems items, long[] loads, long[] capacities, int near) {
    this.near = near;
    this.size = loads.length;
    this.graph = graph;
    this.items = items;
    this.loads = loads.clone();
    this.capacities = capacities;
    this.drifts = new long[size];
    this.distances = new long[size];
    this.settled = new boolean[size];
    this.previous = new int[size];
    this.order = new int[size];
    this.least = new Least(size);
    this.nearDistances = new int[size];
    this.nearDrifts = new int[size];
    this.mask = new int[size];
  }

  /**
   * Runs until loads are exact, or until no surplus has a way out. Returns whether they are exact.
   */
  boolean run() {
    while (surplus()) {
      int target = searchNear();
      if (target < 0) {
        target = search();
      }
      if (target < 0) {
        return false;
      }
      long distance = distances[target];
      for (int i = 0; i < settledCount; i++) {
        drifts[order[i]] += distances[order[i]] - distance;
      }
      pushAlong(target);
    }
    return true;
  }

  private boolean surplus() {
    for (int k = 0; k < size; k++) {
      if (loads[k] > capacities[k]) {
        return true;
      }
    }
    return false;
  }

  /**
   * What {@link #search} does, where all that matters is near: in ints and without branches, many
   * codes at once. Reduced weights are not negative, so what is settled cannot be reached at less.
   * Returns the target, or -1 where only {@link #search} can tell.
   */
  private int searchNear() {
    settledCount = 0;
    for (int k = 0; k < size; k++) {
      if (drifts[k] <= -near) {
        return -1;
      }
      nearDrifts[k] = (int) drifts[k];
      nearDistances[k] = loads[k] > capacities[k] ? 0 : Integer.MAX_VALUE;
      mask[k] = 0;
    }
    while (true) {
      open(nearDistances, mask, least.values);
      int distance = least.min();
      if (distance >= near) {
        return -1;
      }
      int code = least.first(distance);
      distances[code] = distance;
      mask[code] = Integer.MAX_VALUE;
      order[settledCount++] = code;
      if (loads[code] < capacities[code]) {
        trace(code);
        return code;
      }
      reach(nearDistances, graph.weights, code * size, nearDrifts, distance + nearDrifts[code]);
    }
  }

  private static void open(int[] distances, int[] mask, int[] values) {
    for (int k = 0; k < values.length; k++) {
      values[k] = distances[k] | mask[k];
    }
  }

  private static void reach(int[] distances, int[] weights, int row, int[] drifts, int base) {
    for (int k = 0; k < distances.length; k++) {
      int reached = base - drifts[k] + Math.min(weights[row + k], FAR);
      distances[k] = Math.min(distances[k], reached);
    }
  }

  /** Finds the path to the target: a code is reached from the first settled one that can. */
  private void trace(int target) {
    int code = target;
    while (loads[code] <= capacities[code]) {
      int at = 0;
      while (!leads(order[at], code)) {
        at++;
      }
      previous[code] = order[at];
      code = order[at];
    }
    previous[code] = -1;
  }

  private boolean leads(int from, int to) {
    return from != to
        && distances[from] + drifts[from] + graph.weights[from * size + to] - drifts[to]
            == distances[to];
  }

  private int search() {
    settledCount = 0;
    Arrays.fill(settled, false);
    Arrays.fill(previous, -1);
    for (int k = 0; k < size; k++) {
      distances[k] = loads[k] > capacities[k] ? 0 : Long.MAX_VALUE;
    }
    int[] weights = graph.weights;
    while (true) {
      int code = -1;
      long shortest = Long.MAX_VALUE;
      for (int k = 0; k < size; k++) {
        if (distances[k] < shortest && !settled[k]) {
          shortest = distances[k];
          code = k;
        }
      }
      if (code < 0) {
        return -1;
      }
      settled[code] = true;
      order[settledCount++] = code;
      if (loads[code] < capacities[code]) {
        return code;
      }
      long base = shortest + drifts[code];
      int row = code * size;
      for (int k = 0; k < size; k++) {
        if (weights[row + k] != ExchangeGraph.NONE && !settled[k]) {
          long reached = base + weights[row + k] - drifts[k];
          if (reached < distances[k]) {
            distances[k] = reached;
            previous[k] = code;
          }
        }
      }
    }
  }

  /** Pushes bundles while the path's arcs weigh the same: it stays shortest then. */
  private void pushAlong(int target) {
    int source = target;
    while (previous[source] >= 0) {
      source = previous[source];
    }
    boolean same = true;
    while (same && loads[source] > capacities[source] && loads[target] < capacities[target]) {
      long count = Math.min(loads[source] - capacities[source], capacities[target] - loads[target]);
      for (int k = target; k != source; k = previous[k]) {
        count = Math.min(count, items.load(graph.head(previous[k], k), previous[k]));
      }
      int[] weights = graph.weights;
      for (int k = target; k != source; k = previous[k]) {
        // Arcs nearer the target go first, so that what arrives at k cannot be what leaves it.
        int before = weights[previous[k] * size + k];
        graph.push(previous[k], k, count);
        same &= weights[previous[k] * size + k] == before;
      }
      loads[source] -= count;
      loads[target] += count;
      bundles++;
    }
  }

  long[] loads() {
    return loads;
  }

  /** How far each potential has moved from the start; never above 0. */
  long[] drifts() {
    return drifts;
  }

  /** After a failure: the codes that surplus can reach. */
  boolean[] reached() {
    return settled;
  }

  long bundles() {
    return bundles;
  }
}
