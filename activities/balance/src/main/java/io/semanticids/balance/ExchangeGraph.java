package io.semanticids.balance;

import java.util.Arrays;

/**
 * The graph on which surplus travels: an arc (j, k) weighs what it costs to move the cheapest row
 * that is at j to k. The start's moves lie sorted in the items; those of rows that have moved in
 * heaps.
 */
final class ExchangeGraph {
  static final int NONE = Integer.MAX_VALUE;

  private final int size;
  private final RepairItems items;
  private final int[] next;
  private final int[] roots;
  private final PairingHeaps heaps = new PairingHeaps();

  /** Weights of the arcs, {@code K x K}; {@link #NONE} where nothing can move. */
  final int[] weights;

  private final int[] heads;

  ExchangeGraph(int size, RepairItems items) {
    this.size = size;
    this.items = items;
    int pairs = size * size;
    this.next = new int[pairs];
    this.roots = new int[pairs];
    this.weights = new int[pairs];
    this.heads = new int[pairs];
    Arrays.fill(roots, -1);
    for (int pair = 0; pair < pairs; pair++) {
      next[pair] = items.listStart(pair);
    }
    for (int atom = 0; atom < items.atomCount(); atom++) {
      if (items.load(atom, items.origin(atom)) > 0) {
        addChoices(atom, items.origin(atom));
      }
    }
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        refresh(j, k);
      }
    }
  }

  /** The item that an arc's weight is about. */
  int head(int from, int to) {
    return heads[from * size + to];
  }

  /** Moves {@code count} rows of the arc's item. */
  void push(int from, int to, long count) {
    int item = heads[from * size + to];
    boolean arrives = items.load(item, to) == 0;
    items.move(item, from, to, count);
    if (arrives) {
      addChoices(item, to);
      refreshChoices(item, to);
    }
    if (items.load(item, from) == 0) {
      refreshChoices(item, from);
    }
  }

  private void addChoices(int item, int from) {
    int own = items.currentMargin(item, from);
    for (int c = 0; c < items.choices(item); c++) {
      add(item, from, items.choice(item, c), items.choiceMargin(item, c) - own);
    }
    if (item >= items.atomCount()) {
      add(item, from, items.origin(item), -own);
    }
  }

  private void add(int item, int from, int to, int weight) {
    if (from != to) {
      roots[from * size + to] = heaps.add(roots[from * size + to], weight, item);
    }
  }

  private void refreshChoices(int item, int from) {
    for (int c = 0; c < items.choices(item); c++) {
      refresh(from, items.choice(item, c));
    }
    if (item >= items.atomCount()) {
      refresh(from, items.origin(item));
    }
  }

  /** Drops moves of items that have left, and takes the cheapest of the others. */
  private void refresh(int from, int to) {
    int pair = from * size + to;
    int at = next[pair];
    int end = items.listStart(pair + 1);
    while (at < end && items.load(items.listItem(at), from) == 0) {
      at++;
    }
    next[pair] = at;
    int root = roots[pair];
    while (root >= 0 && items.load(heaps.item(root), from) == 0) {
      root = heaps.removeLeast(root);
    }
    roots[pair] = root;
    weights[pair] = NONE;
    if (at < end) {
      weights[pair] = items.listMargin(at);
      heads[pair] = items.listItem(at);
    }
    if (root >= 0
        && (heaps.key(root) < weights[pair]
            || (heaps.key(root) == weights[pair] && heaps.item(root) < heads[pair]))) {
      weights[pair] = heaps.key(root);
      heads[pair] = heaps.item(root);
    }
  }
}
