package io.semanticids.balance;

import io.semanticids.tensor.CostKernel;

/** Rows of integers: scores, and the least of them. */
final class Least {
  private Least() {}

  /**
   * The least of {@code values[from .. from + count)}, {@code count} at least 1: eight chains of
   * comparisons, so that one need not wait for the one before it.
   */
  static int min(int[] values, int from, int count) {
    int a = values[from];
    int b = a;
    int c = a;
    int d = a;
    int e = a;
    int f = a;
    int g = a;
    int h = a;
    int end = from + count;
    int k = from;
    for (; k <= end - 8; k += 8) {
      a = Math.min(a, values[k]);
      b = Math.min(b, values[k + 1]);
      c = Math.min(c, values[k + 2]);
      d = Math.min(d, values[k + 3]);
      e = Math.min(e, values[k + 4]);
      f = Math.min(f, values[k + 5]);
      g = Math.min(g, values[k + 6]);
      h = Math.min(h, values[k + 7]);
    }
    for (; k < end; k++) {
      a = Math.min(a, values[k]);
    }
    return Math.min(
        Math.min(Math.min(a, b), Math.min(c, d)), Math.min(Math.min(e, f), Math.min(g, h)));
  }

  /** The least of these but for the one at {@code place}; it is the only one: the largest int. */
  static int besides(int place, int[] values, int from, int count) {
    int own = values[place];
    values[place] = Integer.MAX_VALUE;
    int min = min(values, from, count);
    values[place] = own;
    return min;
  }

  /**
   * Fills {@code over} with 1 where {@code values[k] - from} is above the limit, 0 elsewhere;
   * differences are not negative.
   */
  static void over(int[] values, int from, int[] limits, int[] over) {
    for (int k = 0; k < over.length; k++) {
      over[k] = (limits[k] - (values[k] - from)) >>> 31;
    }
  }

  /** Fills {@code scores} as {@link #scores} does; the lowest place of the least of them. */
  static int place(int[] costs, int from, int[] potentials, int[] scores) {
    scores(costs, from, potentials, scores);
    return CostKernel.nearest(scores, 0, min(scores, 0, scores.length));
  }

  /**
   * Fills {@code scores} with {@code costs[from + k] - potentials[k]}: a copy first, as the
   * compiler takes many at once only where all arrays are read at the same place.
   */
  static void scores(int[] costs, int from, int[] potentials, int[] scores) {
    System.arraycopy(costs, from, scores, 0, scores.length);
    for (int k = 0; k < scores.length; k++) {
      scores[k] -= potentials[k];
    }
  }
}
