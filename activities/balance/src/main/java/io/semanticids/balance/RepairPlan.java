package io.semanticids.balance;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Which moves a pass collects. */
public final class RepairPlan {
  /** Writes the plan. */
  public void write(DataOutput out) throws IOException {
    throw Pending.error();
  }

  /** Reads what {@link #write} wrote. */
  public static RepairPlan read(DataInput in) throws IOException {
    throw Pending.error();
  }
}
