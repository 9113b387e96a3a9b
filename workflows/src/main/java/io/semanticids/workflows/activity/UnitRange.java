package io.semanticids.workflows.activity;

/** Units {@code [first, first + count)} of a stage. */
public record UnitRange(int first, int count) {
  public UnitRange {
    if (first < 0 || count < 1) {
      throw new IllegalArgumentException(
          "A range must start at 0 or later and not be empty: %d, %d.".formatted(first, count));
    }
  }
}
