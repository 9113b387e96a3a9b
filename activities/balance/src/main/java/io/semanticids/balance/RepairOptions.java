package io.semanticids.balance;

/**
 * When a repair is good enough.
 *
 * @param gap exact loads are accepted at this {@code cost / lowerBound - 1}; 0: only a proved
 *     optimum is
 * @param attempts after so many attempts exact loads are accepted at any gap
 */
public record RepairOptions(double gap, int attempts) {
  /** A gap of 2e-4, at most six attempts. */
  public static final RepairOptions DEFAULT = new RepairOptions(2e-4, 6);

  public RepairOptions {
    if (!(gap >= 0) || attempts < 1) {
      throw new IllegalArgumentException(
          "The gap (%s) must not be negative, attempts (%d) must be positive."
              .formatted(gap, attempts));
    }
  }
}
