package io.semanticids.balance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How many rows each code must hold in the end: {@code floor(N / K)}, and one more for the {@code N
 * mod K} codes that are fullest at the start (ties: lowest index).
 */
public final class Capacities {
  private Capacities() {}

  /**
   * Capacities for codes that hold {@code loads} rows now; N is their sum. Fix them once, before
   * the first repair.
   */
  public static long[] of(long[] loads) {
    long rows = Arrays.stream(loads).sum();
    long[] capacities = new long[loads.length];
    Arrays.fill(capacities, rows / loads.length);
    IntStream.range(0, loads.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingLong(k -> -loads[k]).thenComparing(k -> k))
        .limit(rows % loads.length)
        .forEach(k -> capacities[k]++);
    return capacities;
  }

  /** How many rows codes hold beyond {@code ceil(N / K)}. */
  static long excess(long[] loads) {
    long most = (Arrays.stream(loads).sum() + loads.length - 1) / loads.length;
    return Arrays.stream(loads).map(load -> Math.max(0, load - most)).sum();
  }
}
