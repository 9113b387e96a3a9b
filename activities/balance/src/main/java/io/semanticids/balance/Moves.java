package io.semanticids.balance;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The cheapest moves between codes, and the sums of one streamed pass. Merges to the same whatever
 * the cut.
 */
public final class Moves {
  /** Streams rows {@code [first, first + count)} under the level's (start) potentials. */
  public static Moves collect(
      Rows rows,
      long first,
      long count,
      BalancedLevel level,
      RepairPlan plan,
      Arithmetic arithmetic,
      Progress progress) {
    throw Pending.error();
  }

  /** Adds the moves of other rows, collected under the same plan, to these and returns these. */
  public Moves merge(Moves other) {
    throw Pending.error();
  }

  /**
   * Rows that each code holds under the start potentials: the argument of {@link Capacities#of}.
   */
  public long[] loads() {
    throw Pending.error();
  }

  /** Writes plan, sums and moves. */
  public void write(DataOutput out) throws IOException {
    throw Pending.error();
  }

  /** Reads what {@link #write} wrote. */
  public static Moves read(DataInput in) throws IOException {
    throw Pending.error();
  }
}
