package io.semanticids.balance;

import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.Progress;
import java.util.Arrays;

/**
 * Moves surplus to codes with room along shortest paths. Potentials (drifts from the start) keep
 * reduced weights from being negative, so that each state is cheapest for its loads among the moves
 * that were kept.
 *
 * <p>A search goes on behind the nearest code with room, for as many codes again as it settled
 * until there: all surplus codes come first in each search, and where they are hundreds, the next
 * targets cost little more. Drifts then make the reduced weights of all paths that were found zero,
 * and bundles are pushed along such arcs, whichever still lead from surplus to a target.
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
  private final int[] order;
  private final int[] targets;

  /** On the path that is traced: the code before, the one behind, and where to look next. */
  private final int[] previous;

  private final int[] behind;
  private final int[] places;
  private final boolean[] visited;
  private final int[] open;
  private final int[] weights;
  private final int[] nearDistances;
  private final int[] nearDrifts;

  /** All bits but the sign where a code is settled: its distance then counts as far. */
  private final int[] mask;

  private final int near;
  private int settledCount;

  /** When to end a search. */
  private int enough;

  private int targetCount;
  private long surplus;
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
    this.order = new int[size];
    this.targets = new int[size];
    this.previous = new int[size];
    this.behind = new int[size];
    this.places = new int[size];
    this.visited = new boolean[size];
    this.open = new int[size];
    this.weights = new int[size];
    this.nearDistances = new int[size];
    this.nearDrifts = new int[size];
    this.mask = new int[size];
  }

  /**
   * Runs until loads are exact, or until no surplus has a way out. Returns whether they are exact.
   */
  boolean run(Progress progress) {
    for (int k = 0; k < size; k++) {
      surplus += Math.max(0, loads[k] - capacities[k]);
    }
    while (surplus > 0) {
      progress.advanced(0);
      if (!searchNear() && !search()) {
        return false;
      }
      long farthest = distances[order[settledCount - 1]];
      for (int i = 0; i < settledCount; i++) {
        drifts[order[i]] += distances[order[i]] - farthest;
        visited[order[i]] = false;
      }
      for (int t = 0; t < targetCount; t++) {
        while (surplus > 0 && loads[targets[t]] < capacities[targets[t]] && trace(targets[t])) {
          pushAlong(targets[t]);
        }
      }
    }
    return true;
  }

  private void begin() {
    settledCount = 0;
    targetCount = 0;
    enough = size;
  }

  /** Notes that a code's distance is known. Returns whether the search has come to its end. */
  private boolean settle(int code, long distance) {
    distances[code] = distance;
    order[settledCount++] = code;
    if (loads[code] < capacities[code]) {
      targets[targetCount++] = code;
      if (targetCount == 1) {
        enough = 2 * settledCount;
      }
    }
    return targetCount > 0 && (settledCount >= enough || targetCount >= surplus);
  }

  /**
   * What {@link #search} does, where all that matters is near: in ints and without branches, many
   * codes at once. Reduced weights are not negative, so what is settled cannot be reached at less.
   * Returns false where only {@link #search} can tell.
   */
  private boolean searchNear() {
    begin();
    for (int k = 0; k < size; k++) {
      if (drifts[k] <= -near) {
        return false;
      }
      nearDrifts[k] = (int) drifts[k];
      nearDistances[k] = loads[k] > capacities[k] ? 0 : Integer.MAX_VALUE;
      mask[k] = 0;
    }
    while (settledCount < size) {
      open(nearDistances, mask, open);
      int distance = Least.min(open, 0, size);
      if (distance >= NEAR && targetCount > 0) {
        return true;
      }
      if (distance >= near) {
        return false;
      }
      int code = CostKernel.nearest(open, 0, distance);
      mask[code] = Integer.MAX_VALUE;
      if (settle(code, distance)) {
        return true;
      }
      System.arraycopy(graph.weights, code * size, weights, 0, size);
      reach(nearDistances, weights, nearDrifts, distance + nearDrifts[code]);
    }
    return targetCount > 0;
  }

  private static void open(int[] distances, int[] mask, int[] values) {
    for (int k = 0; k < values.length; k++) {
      values[k] = distances[k] | mask[k];
    }
  }

  private static void reach(int[] distances, int[] weights, int[] drifts, int base) {
    for (int k = 0; k < distances.length; k++) {
      int reached = base - drifts[k] + Math.min(weights[k], FAR);
      distances[k] = Math.min(distances[k], reached);
    }
  }

  /**
   * Finds a path to the target over arcs of no reduced weight, from the first settled code that
   * leads on at each step. A code to which none leads is not looked at again in this search's time.
   */
  private boolean trace(int target) {
    int code = target;
    enter(target);
    while (loads[code] <= capacities[code]) {
      int from = before(code);
      if (from >= 0) {
        previous[code] = from;
        behind[from] = code;
        enter(from);
        code = from;
      } else if (code == target) {
        return false;
      } else {
        code = behind[code];
      }
    }
    previous[code] = -1;
    for (int k = code; k != target; k = behind[k]) {
      visited[k] = false;
    }
    visited[target] = false;
    return true;
  }

  private void enter(int code) {
    visited[code] = true;
    places[code] = 0;
  }

  /** The next settled code from which an arc of no reduced weight leads to this one, or -1. */
  private int before(int code) {
    while (places[code] < settledCount) {
      int from = order[places[code]++];
      if (distances[from] > distances[code]) {
        return -1;
      }
      int weight = graph.weights[from * size + code];
      if (!visited[from] && weight != ExchangeGraph.NONE && drifts[from] + weight == drifts[code]) {
        return from;
      }
    }
    return -1;
  }

  /** Settles codes by distance; false where no code with room is reached. */
  private boolean search() {
    begin();
    Arrays.fill(settled, false);
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
      if (code < 0 || (shortest >= NEAR && targetCount > 0)) {
        return targetCount > 0;
      }
      settled[code] = true;
      if (settle(code, shortest)) {
        return true;
      }
      long base = shortest + drifts[code];
      int row = code * size;
      for (int k = 0; k < size; k++) {
        if (weights[row + k] != ExchangeGraph.NONE && !settled[k]) {
          distances[k] = Math.min(distances[k], base + weights[row + k] - drifts[k]);
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
      surplus -= count;
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
