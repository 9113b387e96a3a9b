package io.semanticids.balance;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import org.jspecify.annotations.Nullable;

/** Fits centroids and potentials of one level on a sample. */
public final class BalancedFit {
  private BalancedFit() {}

  /**
   * Fits one level.
   *
   * @param sample {@code n x d}, n at least 1
   * @param rows how many rows the sample stands for; the plan of the repair is made for so many
   * @param maxRowNorm no row, of the sample or not, is longer
   * @param initial centroids to start from; null: k-means on the sample first
   */
  public static FittedLevel fit(
      Rows sample,
      long rows,
      double maxRowNorm,
      @Nullable Codewords initial,
      BalanceOptions options,
      Arithmetic arithmetic,
      Progress progress) {
    throw Pending.error();
  }
}
