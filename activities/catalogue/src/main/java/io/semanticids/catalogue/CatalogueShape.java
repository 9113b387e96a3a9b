package io.semanticids.catalogue;

import java.util.List;

/**
 * What a look at a catalogue's files tells without reading them through.
 *
 * @param kind texts or vectors
 * @param files the files' URIs in the order in which they are read
 * @param columns the names of the fields that were seen, in order of first appearance; for JSON
 *     those of the first rows
 * @param dimension of the given vectors; 0 for texts
 */
public record CatalogueShape(
    CatalogueKind kind, List<String> files, List<String> columns, int dimension) {
  public CatalogueShape {
    files = List.copyOf(files);
    columns = List.copyOf(columns);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("A catalogue has at least one file.");
    }
    if (dimension < 0 || (kind == CatalogueKind.TEXTS && dimension != 0)) {
      throw new IllegalArgumentException(
          "The dimension (%d) does not fit a catalogue of %s.".formatted(dimension, kind));
    }
  }
}
