package io.semanticids.evaluate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * {@code sum |x - mean|²} over rows, in one pass: {@code sum |x - s|² - |sum (x - s)|² / n} for a
 * fixed shift {@code s}.
 *
 * <p>Both sums are exact, so shards can be summed apart and merged in any order; what is squared
 * for one row depends on that row and the shift alone. With the first row as the shift, rows that
 * are all equal give exactly 0, and the difference loses no more than a relative {@code n * 1e-16}.
 * Not thread-safe: one a thread, then {@link #merge}.
 */
public final class SpreadSum {
  private final float[] shift;
  private final VectorSum vectors;
  private final ExactSum squares;

  /**
   * @param shift the first row of the whole catalogue, the same for all sums that will be merged;
   *     copied
   */
  public SpreadSum(float[] shift) {
    this(shift.clone(), new VectorSum(shift.length), new ExactSum());
  }

  private SpreadSum(float[] shift, VectorSum vectors, ExactSum squares) {
    this.shift = shift;
    this.vectors = vectors;
    this.squares = squares;
  }

  /** Adds rows: {@code rows} is {@code count x d}, row-major, and may be longer. */
  public void add(float[] rows, int count) {
    int dimension = shift.length;
    for (int i = 0; i < count; i++) {
      vectors.add(rows, i * dimension);
      double sum = 0;
      for (int j = 0; j < dimension; j++) {
        double difference = (double) rows[i * dimension + j] - shift[j];
        sum += difference * difference;
      }
      squares.add(sum);
    }
  }

  /** Adds what {@code other} has summed, over other rows with the same shift. */
  public void merge(SpreadSum other) {
    if (!Arrays.equals(shift, other.shift)) {
      throw new IllegalArgumentException("Sums with different shifts cannot be merged.");
    }
    vectors.merge(other.vectors);
    squares.merge(other.squares);
  }

  /** The number of rows. */
  public long rows() {
    return vectors.count();
  }

  /** {@code sum |x - mean|²}, at least 0; 0 without rows. */
  public double total() {
    if (rows() == 0) {
      return 0;
    }
    return Math.max(0, squares.value() - vectors.squaredNorm(shift) / rows());
  }

  /** Writes all of it; {@link #read} gives an equal sum back. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(shift.length);
    for (float value : shift) {
      out.writeFloat(value);
    }
    vectors.write(out);
    squares.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static SpreadSum read(DataInput in) throws IOException {
    float[] shift = new float[in.readInt()];
    for (int j = 0; j < shift.length; j++) {
      shift[j] = in.readFloat();
    }
    return new SpreadSum(shift, VectorSum.read(in), ExactSum.read(in));
  }
}
