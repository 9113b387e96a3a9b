package io.semanticids.adapters;

import io.semanticids.quantize.GatheredRows;
import io.semanticids.quantize.Residuals;
import io.semanticids.quantize.SampleRows;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Rows;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Level;
import java.util.List;

/**
 * The rows that a level quantises: vectors less what the levels before it have taken.
 *
 * @param rows {@code n x d}: training rows, then test rows
 * @param trainRows how many are training rows
 * @param maxNorm no row is longer
 */
record LevelRows(Rows rows, long trainRows, double maxNorm) {
  private record Inputs(Artifact items, Artifact vectors, List<Level> previous) {}

  /** Residuals after the "after" codes of {@code previous}. */
  static LevelRows of(StageScope scope, Artifact items, Artifact vectors, List<Level> previous) {
    return scope.once(
        new Inputs(items, vectors, previous), () -> open(scope, items, vectors, previous));
  }

  private static LevelRows open(
      StageScope scope, Artifact items, Artifact vectors, List<Level> previous) {
    StoredVectors stored = scope.vectors(items, vectors);
    List<Codewords> codewords = LevelFiles.codewords(scope, previous);
    Rows rows =
        previous.isEmpty()
            ? stored
            : new Residuals(stored, codewords, StoredCodes.of(scope, items, previous));
    return new LevelRows(rows, scope.items(items).trainRows(), maxNorm(stored, codewords));
  }

  /** A bound on the norm of what is left after these levels: the triangle inequality. */
  static double maxNorm(StoredVectors vectors, List<Codewords> codewords) {
    return Residuals.maxNorm(vectors.maxNorm(), codewords);
  }

  /**
   * The deterministic sample that a level of so many codes is fitted on, read where it lies: {@code
   * m x d}.
   */
  Rows sample(int size, long seed) {
    long wanted = SampleRows.size(trainRows, size, rows.dimension());
    return new GatheredRows(rows, SampleRows.of(trainRows, wanted, seed));
  }
}
