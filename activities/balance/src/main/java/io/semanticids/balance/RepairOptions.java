package io.semanticids.balance;

/**
 * When a repair is good enough.
 *
 * @param gap exact loads are accepted at this {@code cost / lowerBound - 1}; 0: only a proved
 *     optimum is
 * @param attempts after so many attempts exact loads are accepted at any gap
 */
public record RepairOptions(double gap, int attempts) {
  /** A gap of 1e-4, at most six attempts. */
  public static final RepairOptions DEFAULT = new RepairOptions(1e-4, 6);

  /**
   * Above so many rows an attempt, which reads many of them, takes seconds to minutes; most first
   * ones reached 4e-4 or less on 1, 4 and 54 million rows.
   */
  private static final long MANY_ROWS = 500_000;

  /** A gap of 1e-4, or 5e-4 where rows are many; at most six attempts. */
  public static RepairOptions of(long rows) {
    return rows > MANY_ROWS ? new RepairOptions(5e-4, DEFAULT.attempts) : DEFAULT;
  }

  public RepairOptions {
    if (!(gap >= 0) || attempts < 1) {
      throw new IllegalArgumentException(
          "The gap (%s) must not be negative, attempts (%d) must be positive."
              .formatted(gap, attempts));
    }
  }
}
