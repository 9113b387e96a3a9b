package io.semanticids.balance;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * The end of a repair, or of one attempt at it.
 *
 * @param rows the rows that moved, ascending
 * @param codes their new codes
 * @param loads rows of each code after the moves
 * @param potentials the final ones: the rule for rows that were not in the repair
 * @param cost sum of squared distances after the moves
 * @param lowerBound no assignment with these capacities costs less
 * @param optimal proved over all {@code N x K} pairs; then {@code cost == lowerBound}
 * @param next empty when the result is accepted; otherwise the plan of the next attempt, from the
 *     same start potentials
 */
public record RepairResult(
    long[] rows,
    int[] codes,
    long[] loads,
    Potentials potentials,
    double cost,
    double lowerBound,
    boolean optimal,
    Optional<RepairPlan> next) {
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
    throw Pending.error();
  }

  /** Writes everything, the next plan too. */
  public void write(DataOutput out) throws IOException {
    throw Pending.error();
  }

  /** Reads what {@link #write} wrote. */
  public static RepairResult read(DataInput in) throws IOException {
    throw Pending.error();
  }
}
