package io.semanticids.balance;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a fit on the sample found.
 *
 * @param level centroids and potentials
 * @param plan which moves the first repair collects
 * @param rounds rounds of balanced Lloyd
 */
public record FittedLevel(BalancedLevel level, RepairPlan plan, int rounds) {
  /** Writes everything. */
  public void write(DataOutput out) throws IOException {
    level.write(out);
    plan.write(out);
    out.writeInt(rounds);
  }

  /** Reads what {@link #write} wrote. */
  public static FittedLevel read(DataInput in) throws IOException {
    return new FittedLevel(BalancedLevel.read(in), RepairPlan.read(in), in.readInt());
  }
}
