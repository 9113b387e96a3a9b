package io.semanticids.balance;

import java.util.Arrays;

/**
 * The graph on which surplus travels: an arc (j, k) weighs what it costs to move the cheapest row
 * that is at j to k. The start's moves lie in sorted arrays; those of rows that have moved in
 * heaps.
 */
final class ExchangeGraph {
  static final int NONE = Integer.MAX_VALUE;

  private final int size;
  private final RepairItems items;
  private final int[] next;
  private final int[] end;
  private final int[] startItems;
  private final int[] startMargins;
  private final int[] roots;
  private final PairingHeaps heaps = new PairingHeaps();

  /** Weights of the arcs, {@code K x K}; {@link #NONE} where nothing can move. */
  final int[] weights;

  private final int[] heads;

  ExchangeGraph(Moves moves, RepairItems items) {
    this.size = moves.plan().size();
    this.items = items;
    int pairs = size * size;
    this.next = new int[pairs];
    this.end = new int[pairs];
    this.roots = new int[pairs];
    this.weights = new int[pairs];
    this.heads = new int[pairs];
    Arrays.fill(roots, -1);
    int entries = Math.toIntExact(moves.lists().total());
    this.startItems = new int[entries];
    this.startMargins = new int[entries];
    int at = 0;
    for (int pair = 0; pair < pairs; pair++) {
      next[pair] = at;
      for (long move : moves.lists().sorted(pair)) {
        startItems[at] = items.item(PairLists.row(move));
        startMargins[at++] = PairLists.margin(move);
      }
      end[pair] = at;
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
    while (at < end[pair] && items.load(startItems[at], from) == 0) {
      at++;
    }
    next[pair] = at;
    int root = roots[pair];
    while (root >= 0 && items.load(heaps.item(root), from) == 0) {
      root = heaps.removeLeast(root);
    }
    roots[pair] = root;
    weights[pair] = NONE;
    if (at < end[pair]) {
      weights[pair] = startMargins[at];
      heads[pair] = startItems[at];
    }
    if (root >= 0
        && (heaps.key(root) < weights[pair]
            || (heaps.key(root) == weights[pair] && heaps.item(root) < heads[pair]))) {
      weights[pair] = heaps.key(root);
      heads[pair] = heaps.item(root);
    }
  }
}
