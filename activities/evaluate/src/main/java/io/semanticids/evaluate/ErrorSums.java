package io.semanticids.evaluate;

import io.semanticids.tensor.Codewords;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code sum |x - x̂_l|²} over rows for every level l, where {@code x̂_l} is the sum of the
 * codewords of levels 1 … l.
 *
 * <p>A row's error is computed in double precision from that row alone; errors are summed without
 * rounding, so shards can be summed apart and merged in any order. Not thread-safe: one a thread,
 * then {@link #merge}.
 */
public final class ErrorSums {
  private final ExactSum[] sums;

  /** Sums for this many levels, all 0. */
  public ErrorSums(int levels) {
    this(Stream.generate(ExactSum::new).limit(levels).toArray(ExactSum[]::new));
  }

  private ErrorSums(ExactSum[] sums) {
    this.sums = sums;
  }

  /**
   * Adds rows.
   *
   * @param rows {@code count x d}, row-major; may be longer
   * @param codes {@code L x}: {@code codes[level][first + i]} is the code of row i
   * @param first where this block begins in {@code codes}
   * @param codewords of each level, {@code K_l x d}
   */
  public void add(float[] rows, int count, int[][] codes, int first, List<Codewords> codewords) {
    if (codes.length != sums.length || codewords.size() != sums.length) {
      throw new IllegalArgumentException(
          "Codes of %d levels and codewords of %d were given for %d levels."
              .formatted(codes.length, codewords.size(), sums.length));
    }
    int dimension = codewords.get(0).dimension();
    double[] residual = new double[dimension];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < dimension; j++) {
        residual[j] = rows[i * dimension + j];
      }
      for (int level = 0; level < sums.length; level++) {
        sums[level].add(
            subtract(residual, codewords.get(level).values(), codes[level][first + i] * dimension));
      }
    }
  }

  /** Adds what {@code other} has summed over other rows. */
  public void merge(ErrorSums other) {
    if (sums.length != other.sums.length) {
      throw new IllegalArgumentException(
          "Sums of %d and %d levels cannot be merged.".formatted(sums.length, other.sums.length));
    }
    for (int level = 0; level < sums.length; level++) {
      sums[level].merge(other.sums[level]);
    }
  }

  /** {@code sum |x - x̂_l|²} for each level. */
  public double[] totals() {
    double[] totals = new double[sums.length];
    for (int level = 0; level < sums.length; level++) {
      totals[level] = sums[level].value();
    }
    return totals;
  }

  /**
   * {@code sum |x - x̂_l|² / sum |x - mean|²} for each level. Where all rows are equal there is
   * nothing to explain, and the ratio is 0 (what is left of them is the rounding of their
   * codeword).
   */
  public double[] relativeErrors(SpreadSum spread) {
    double total = spread.total();
    double[] errors = totals();
    for (int level = 0; level < errors.length; level++) {
      errors[level] = total == 0 ? 0 : errors[level] / total;
    }
    return errors;
  }

  /** Writes all of it; {@link #read} gives an equal sum back. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(sums.length);
    for (ExactSum sum : sums) {
      sum.write(out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static ErrorSums read(DataInput in) throws IOException {
    ExactSum[] sums = new ExactSum[in.readInt()];
    for (int level = 0; level < sums.length; level++) {
      sums[level] = ExactSum.read(in);
    }
    return new ErrorSums(sums);
  }

  /**
   * Subtracts one codeword and returns the squared norm of what is left; always the same order of
   * additions.
   */
  private static double subtract(double[] residual, float[] codewords, int from) {
    double even = 0;
    double odd = 0;
    int j = 0;
    for (; j + 1 < residual.length; j += 2) {
      double left = residual[j] - codewords[from + j];
      double right = residual[j + 1] - codewords[from + j + 1];
      residual[j] = left;
      residual[j + 1] = right;
      even += left * left;
      odd += right * right;
    }
    if (j < residual.length) {
      residual[j] -= codewords[from + j];
      even += residual[j] * residual[j];
    }
    return even + odd;
  }
}
