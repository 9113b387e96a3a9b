package io.semanticids.balance;

/**
 * The least of K integers and its place. Folding halves upon each other, instead of one comparison
 * after the other, lets the compiler take many at once. Owned by one thread.
 */
final class Least {
  /** So few are compared one by one. */
  private static final int FEW = 24;

  private final int[] folded;

  /** What is compared: callers fill it. */
  final int[] values;

  Least(int size) {
    this.values = new int[size];
    this.folded = new int[(size + 1) / 2];
  }

  /** The least of {@link #values}. */
  int min() {
    int[] from = values;
    int width = values.length;
    while (width > FEW) {
      int half = (width + 1) / 2;
      fold(from, half, width - half, folded);
      if (width - half < half) {
        folded[half - 1] = from[half - 1];
      }
      from = folded;
      width = half;
    }
    int min = from[0];
    for (int k = 1; k < width; k++) {
      min = Math.min(min, from[k]);
    }
    return min;
  }

  private static void fold(int[] from, int half, int count, int[] to) {
    for (int k = 0; k < count; k++) {
      to[k] = Math.min(from[k], from[k + half]);
    }
  }

  /** The lowest place of a value that is there. */
  int first(int value) {
    int k = 0;
    while (values[k] != value) {
      k++;
    }
    return k;
  }

  /** Fills {@link #values} with {@code costs[base + k] - potentials[k]}. */
  void scores(int[] costs, int base, int[] potentials) {
    scores(costs, base, potentials, values);
  }

  private static void scores(int[] costs, int base, int[] potentials, int[] values) {
    for (int k = 0; k < values.length; k++) {
      values[k] = costs[base + k] - potentials[k];
    }
  }
}
