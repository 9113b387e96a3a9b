package io.semanticids.balance;

import java.util.Arrays;

/**
 * Moves surplus to codes with room along shortest paths, one bundle after the other. Potentials
 * (drifts from the start) keep reduced weights from being negative, so that each state is cheapest
 * for its loads among the moves that were kept.
 */
final class ShortestPaths {
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
  private int settledCount;
  private long bundles;

  ShortestPaths(ExchangeGraph graph, RepairItems items, long[] loads, long[] capacities) {
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
  }

  /**
   * Runs until loads are exact, or until no surplus has a way out. Returns whether they are exact.
   */
  boolean run() {
    while (true) {
      boolean surplus = false;
      Arrays.fill(settled, false);
      Arrays.fill(previous, -1);
      for (int k = 0; k < size; k++) {
        boolean source = loads[k] > capacities[k];
        distances[k] = source ? 0 : Long.MAX_VALUE;
        surplus |= source;
      }
      if (!surplus) {
        return true;
      }
      int target = search();
      if (target < 0) {
        return false;
      }
      long distance = distances[target];
      for (int i = 0; i < settledCount; i++) {
        drifts[order[i]] += distances[order[i]] - distance;
      }
      pushAlong(target);
    }
  }

  private int search() {
    settledCount = 0;
    int[] weights = graph.weights;
    while (true) {
      int code = -1;
      long least = Long.MAX_VALUE;
      for (int k = 0; k < size; k++) {
        if (distances[k] < least && !settled[k]) {
          least = distances[k];
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
      long base = least + drifts[code];
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
