package io.semanticids.quantize;

import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.List;

/**
 * Squared norms of what the levels leave of rows, summed in fixed point (exact, mergeable): {@code
 * after(0)} of the rows themselves, {@code after(l)} of their residuals after l levels.
 *
 * <p>A row counts as {@code rint(|r|^2 factor)}, the squared norm summed in double precision in the
 * order of the dimensions. Not thread-safe.
 */
public final class SquaredErrors {
  private static final int BITS = 34;
  private static final int BLOCK = 512;

  private final double factor;
  private final long[] sums;
  private long rows;

  /**
   * No rows yet. {@code maxNorm} bounds the norms of rows and residuals: {@link Residuals#maxNorm}.
   */
  public SquaredErrors(int levels, double maxNorm) {
    this.factor = FixedPoint.factor(maxNorm * maxNorm, BITS);
    this.sums = new long[levels + 1];
  }

  /** The errors of given codes of the rows {@code [first, first + count)}. */
  public static SquaredErrors measure(
      Rows rows,
      long first,
      long count,
      List<Codewords> levels,
      CodeReader codes,
      double maxRowNorm,
      int threads,
      Progress progress) {
    double maxNorm = Residuals.maxNorm(maxRowNorm, levels);
    return ParallelBlocks.run(
        threads,
        count,
        BLOCK,
        blocks -> {
          SquaredErrors errors = new SquaredErrors(levels.size(), maxNorm);
          float[] block = new float[BLOCK * rows.dimension()];
          int[] chosen = new int[BLOCK];
          blocks.forEach(
              (start, length) -> {
                rows.read(first + start, length, block);
                errors.add(0, block, length, rows.dimension());
                for (int l = 0; l < levels.size(); l++) {
                  codes.read(first + start, length, l, chosen);
                  Residuals.subtract(levels.get(l), chosen, 0, length, block);
                  errors.add(l + 1, block, length, rows.dimension());
                }
                progress.advanced(length);
              });
          return errors;
        },
        SquaredErrors::merge);
  }

  /** Adds {@code count} rows or residuals after {@code level} levels. */
  void add(int level, float[] residuals, int count, int dimension) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (long) Math.rint(squaredNorm(residuals, i * dimension, dimension) * factor);
    }
    sums[level] = Math.addExact(sums[level], sum);
    if (level == 0) {
      rows += count;
    }
  }

  static double squaredNorm(float[] values, int at, int dimension) {
    double sum = 0;
    for (int j = at; j < at + dimension; j++) {
      sum += (double) values[j] * values[j];
    }
    return sum;
  }

  /** Adds all of {@code other}, which must have been made alike. */
  public SquaredErrors merge(SquaredErrors other) {
    if (other.factor != factor || other.sums.length != sums.length) {
      throw new IllegalArgumentException(
          "Errors of %d levels at %s cannot be merged with errors of %d levels at %s."
              .formatted(sums.length - 1, factor, other.sums.length - 1, other.factor));
    }
    for (int l = 0; l < sums.length; l++) {
      sums[l] = Math.addExact(sums[l], other.sums[l]);
    }
    rows += other.rows;
    return this;
  }

  /** The number of rows. */
  public long rows() {
    return rows;
  }

  /** The mean squared norm after {@code level} levels; 0 without rows. */
  public double meanAfter(int level) {
    return rows == 0 ? 0 : sums[level] / factor / rows;
  }

  /**
   * {@code meanAfter(level) / meanAfter(0)}, the share of the rows' energy that is lost; 0 for rows
   * that are zero.
   */
  public double relativeAfter(int level) {
    return sums[0] == 0 ? 0 : (double) sums[level] / sums[0];
  }
}
