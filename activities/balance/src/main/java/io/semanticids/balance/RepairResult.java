package io.semanticids.balance;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The end of a repair, or of one attempt at it.
 *
 * @param rows the rows that moved, ascending
 * @param codes their new codes
 * @param loads rows of each code after the moves
 * @param capacities what the loads had to become
 * @param potentials the final ones: the rule for rows that were not in the repair
 * @param cost sum of squared distances after the moves
 * @param lowerBound no assignment with these capacities costs less
 * @param optimal proved over all {@code N x K} pairs; then {@code cost == lowerBound}
 * @param next empty when there is no further attempt: the result is accepted if it is {@link
 *     #exact}, otherwise {@link LastResort} is left. Present: the plan of the next attempt, from
 *     the same start potentials
 */
public record RepairResult(
    long[] rows,
    int[] codes,
    long[] loads,
    long[] capacities,
    Potentials potentials,
    double cost,
    double lowerBound,
    boolean optimal,
    Optional<RepairPlan> next) {
  public RepairResult {
    if (rows.length != codes.length || loads.length != capacities.length) {
      throw new IllegalArgumentException(
          "%d rows with %d codes, %d loads with %d capacities."
              .formatted(rows.length, codes.length, loads.length, capacities.length));
    }
  }

  /** Whether the loads are the capacities. */
  public boolean exact() {
    return Arrays.equals(loads, capacities);
  }

  /** {@code cost / lowerBound - 1}; 0 when both are 0. */
  public double gap() {
    return cost <= lowerBound ? 0 : lowerBound > 0 ? (cost - lowerBound) / lowerBound : 1;
  }

  /** How many rows moved. */
  public long moved() {
    return rows.length;
  }

  /**
   * Overwrites codes of rows {@code [first, first + count)} with those of the moved rows among
   * them.
   */
  public void override(long first, int count, int[] target) {
    int at = Arrays.binarySearch(rows, first);
    for (int i = at < 0 ? -at - 1 : at; i < rows.length && rows[i] < first + count; i++) {
      target[(int) (rows[i] - first)] = codes[i];
    }
  }

  /** Writes everything, the next plan too. */
  public void write(DataOutput out) throws IOException {
    potentials.write(out);
    out.writeDouble(cost);
    out.writeDouble(lowerBound);
    out.writeBoolean(optimal);
    out.writeInt(rows.length);
    try (Packed.Writer packed = new Packed.Writer(out)) {
      for (int k = 0; k < loads.length; k++) {
        packed.write(loads[k]);
        packed.write(capacities[k]);
      }
      long last = 0;
      for (int i = 0; i < rows.length; i++) {
        packed.write(rows[i] - last);
        packed.write(codes[i]);
        last = rows[i];
      }
    }
    out.writeBoolean(next.isPresent());
    if (next.isPresent()) {
      next.get().write(out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static RepairResult read(DataInput in) throws IOException {
    Potentials potentials = Potentials.read(in);
    double cost = in.readDouble();
    double lowerBound = in.readDouble();
    boolean optimal = in.readBoolean();
    long[] rows = new long[in.readInt()];
    Packed.Reader packed = new Packed.Reader(in);
    long[] loads = new long[potentials.size()];
    long[] capacities = new long[potentials.size()];
    for (int k = 0; k < loads.length; k++) {
      loads[k] = packed.read();
      capacities[k] = packed.read();
    }
    int[] codes = new int[rows.length];
    long row = 0;
    for (int i = 0; i < rows.length; i++) {
      row += packed.read();
      rows[i] = row;
      codes[i] = packed.readInt();
    }
    Optional<RepairPlan> next =
        in.readBoolean() ? Optional.of(RepairPlan.read(in)) : Optional.empty();
    return new RepairResult(
        rows, codes, loads, capacities, potentials, cost, lowerBound, optimal, next);
  }
}
