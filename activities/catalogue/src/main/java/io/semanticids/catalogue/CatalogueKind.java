package io.semanticids.catalogue;

/** What a catalogue gives for each row. */
public enum CatalogueKind {
  /** Texts, which a model embeds. */
  TEXTS,
  /** Vectors, which are taken as they are. */
  VECTORS
}
