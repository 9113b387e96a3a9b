package io.semanticids.balance;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a fit on the sample found.
 *
 * @param level centroids and potentials
 * @param plan which moves the first repair collects, were the potentials right
 * @param step by which the potentials were changed last, one a code, in integer costs
 * @param rounds rounds of balanced Lloyd
 */
public record FittedLevel(BalancedLevel level, RepairPlan plan, double[] step, int rounds) {
  /** Which moves the first repair collects. */
  public RepairPlan repair() {
    return plan.after(step);
  }

  /** Writes everything. */
  public void write(DataOutput out) throws IOException {
    level.write(out);
    plan.write(out);
    for (double part : step) {
      out.writeDouble(part);
    }
    out.writeInt(rounds);
  }

  /** Reads what {@link #write} wrote. */
  public static FittedLevel read(DataInput in) throws IOException {
    BalancedLevel level = BalancedLevel.read(in);
    RepairPlan plan = RepairPlan.read(in);
    double[] step = new double[level.size()];
    for (int k = 0; k < step.length; k++) {
      step[k] = in.readDouble();
    }
    return new FittedLevel(level, plan, step, in.readInt());
  }
}
