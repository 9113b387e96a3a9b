package io.semanticids.balance;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sums of one streamed pass over a range of rows: what a Newton step needs. Exact, so it merges in
 * any order.
 */
public final class SoftLoads {
  /** Streams rows {@code [first, first + count)} under the level's potentials and tau. */
  public static SoftLoads collect(
      Rows rows,
      long first,
      long count,
      BalancedLevel level,
      Arithmetic arithmetic,
      Progress progress) {
    throw Pending.error();
  }

  /** Adds the sums of other rows to these and returns these. */
  public SoftLoads merge(SoftLoads other) {
    throw Pending.error();
  }

  /** Writes the sums. */
  public void write(DataOutput out) throws IOException {
    throw Pending.error();
  }

  /** Reads what {@link #write} wrote. */
  public static SoftLoads read(DataInput in) throws IOException {
    throw Pending.error();
  }
}
