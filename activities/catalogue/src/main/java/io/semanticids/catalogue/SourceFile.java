package io.semanticids.catalogue;

import io.semanticids.store.Location;

/**
 * A file of a catalogue.
 *
 * @param at where it lies
 * @param name its name below the catalogue's folder, for people and for the order
 * @param format how it is read
 * @param bytes its size
 * @param version the store's version of its content
 */
record SourceFile(Location at, String name, Format format, long bytes, String version) {
  /** Whether its content is compressed by gzip. */
  boolean zipped() {
    return ends(".gz");
  }

  /** Whether its cells are separated by tabs. */
  boolean tabs() {
    return ends(".tsv") || ends(".tsv.gz");
  }

  private boolean ends(String suffix) {
    return name.regionMatches(true, name.length() - suffix.length(), suffix, 0, suffix.length());
  }
}
