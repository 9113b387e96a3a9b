package io.semanticids.quantize;

import io.semanticids.tensor.Codewords;
import java.util.Arrays;
import java.util.List;

/** What codes stand for: the sum of their codewords. */
public final class Reconstruction {
  private Reconstruction() {}

  /**
   * Writes the reconstructions of {@code count} rows to {@code target[0 .. count * dimension)}.
   *
   * @param codes {@code level x row}; at most as many levels as there are codewords
   */
  public static void of(
      List<Codewords> levels, int[][] codes, int from, int count, float[] target) {
    int dimension = levels.get(0).dimension();
    Arrays.fill(target, 0, count * dimension, 0f);
    for (int l = 0; l < codes.length; l++) {
      float[] values = levels.get(l).values();
      for (int i = 0; i < count; i++) {
        int codeword = codes[l][from + i] * dimension;
        for (int j = 0; j < dimension; j++) {
          target[i * dimension + j] += values[codeword + j];
        }
      }
    }
  }
}
