package io.semanticids.catalogue;

/**
 * How large a catalogue is, as far as that can be told without reading it through.
 *
 * @param rows its rows
 * @param exact whether they were counted (matrices, one Parquet or Arrow file); else they follow
 *     from the density of rows at the files' beginnings
 * @param bytes of all files, as they are stored
 */
public record CatalogueSize(long rows, boolean exact, long bytes) {
  public CatalogueSize {
    if (rows < 0 || bytes < 0) {
      throw new IllegalArgumentException(
          "A catalogue of %d rows in %d bytes is not one.".formatted(rows, bytes));
    }
  }
}
