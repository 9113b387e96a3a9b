package io.semanticids.catalogue;

import java.util.List;

/**
 * What a pass over a catalogue found.
 *
 * @param kind texts or vectors
 * @param trainRows the number of training rows, at least 1
 * @param testRows the number of test rows, 0 without a test catalogue
 * @param groups the number of product groups over both, 0 without a group field
 * @param distinct the number of vectors: distinct texts over both, or rows where vectors are given
 * @param dimension of the given vectors; 0 for texts
 * @param maxNorm the largest Euclidean norm of a given vector, its values taken as float32; 0 for
 *     texts
 * @param segments where the given vectors lie, in row order, training rows first; empty unless all
 *     of them are local {@code .npy} files. Locations are as they were at this pass: after a move
 *     {@link Catalogues#segments} finds them again
 * @param warnings what is legal but may surprise, one sentence each
 */
public record Prepared(
    CatalogueKind kind,
    long trainRows,
    long testRows,
    long groups,
    long distinct,
    int dimension,
    double maxNorm,
    List<MatrixSegment> segments,
    List<String> warnings) {
  public Prepared {
    segments = List.copyOf(segments);
    warnings = List.copyOf(warnings);
    if (trainRows < 1 || testRows < 0 || groups < 0 || distinct < 1 || dimension < 0) {
      throw new IllegalArgumentException(
          "%d training rows, %d test rows, %d groups, %d vectors, dimension %d: not a catalogue."
              .formatted(trainRows, testRows, groups, distinct, dimension));
    }
    if (!(maxNorm >= 0) || Double.isInfinite(maxNorm)) {
      throw new IllegalArgumentException(
          "The largest norm (%s) must be finite.".formatted(maxNorm));
    }
  }
}
