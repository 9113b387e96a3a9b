package io.semanticids.quantize;

import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Rows;
import java.util.List;

/**
 * What some levels leave of rows: {@code r_i - c_1[code_1(i)] - c_2[code_2(i)] - ...}, in float32
 * and in the order of the levels, computed each time it is read.
 */
public final class Residuals implements Rows {
  private final Rows rows;
  private final List<Codewords> levels;
  private final CodeReader codes;

  public Residuals(Rows rows, List<Codewords> levels, CodeReader codes) {
    for (Codewords level : levels) {
      if (level.dimension() != rows.dimension()) {
        throw new IllegalArgumentException(
            "Codewords of dimension %d do not fit rows of dimension %d."
                .formatted(level.dimension(), rows.dimension()));
      }
    }
    this.rows = rows;
    this.levels = List.copyOf(levels);
    this.codes = codes;
  }

  /**
   * A bound of the residuals' norms: that of the rows and, level by level, the longest codeword's.
   */
  public static double maxNorm(double maxRowNorm, List<Codewords> levels) {
    return maxRowNorm + levels.stream().mapToDouble(Codewords::maxNorm).sum();
  }

  @Override
  public long count() {
    return rows.count();
  }

  @Override
  public int dimension() {
    return rows.dimension();
  }

  @Override
  public Rows scattered() {
    return new Residuals(rows.scattered(), levels, codes);
  }

  @Override
  public void read(long first, int count, float[] target) {
    rows.read(first, count, target);
    int[] chosen = new int[levels.isEmpty() ? 0 : count];
    for (int l = 0; l < levels.size(); l++) {
      codes.read(first, count, l, chosen);
      subtract(levels.get(l), chosen, 0, count, target);
    }
  }

  /** Subtracts from row i of {@code rows} the codeword {@code codes[from + i]}. */
  static void subtract(Codewords codewords, int[] codes, int from, int count, float[] rows) {
    int dimension = codewords.dimension();
    float[] values = codewords.values();
    for (int i = 0; i < count; i++) {
      int at = i * dimension;
      int codeword = codes[from + i] * dimension;
      for (int j = 0; j < dimension; j++) {
        rows[at + j] -= values[codeword + j];
      }
    }
  }
}
