package io.semanticids.balance;

import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.Rows;

final class BalancedMeans {
  private BalancedMeans() {}

  static Codewords of(Rows rows, int[] codes, Codewords old, double maxRowNorm) {
    int d = rows.dimension();
    double f = Math.scalb(1.0, 30 - Math.getExponent(Math.max(maxRowNorm, 1e-30)));
    long[] sums = new long[old.size() * d];
    long[] counts = new long[old.size()];
    float[] block = new float[1024 * d];
    for (long first = 0; first < rows.count(); first += 1024) {
      int n = (int) Math.min(1024, rows.count() - first);
      rows.read(first, n, block);
      for (int i = 0; i < n; i++) {
        int k = codes[(int) first + i];
        counts[k]++;
        for (int j = 0; j < d; j++) {
          sums[k * d + j] += (long) Math.rint(block[i * d + j] * f);
        }
      }
    }
    float[] values = old.values().clone();
    for (int k = 0; k < old.size(); k++) {
      if (counts[k] > 0) {
        for (int j = 0; j < d; j++) {
          values[k * d + j] = (float) (sums[k * d + j] / f / counts[k]);
        }
      }
    }
    return new Codewords(values, old.size(), d);
  }
}
