package io.semanticids.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Gathers what is wrong with a catalogue: keeps the first of it and counts all. Not thread-safe.
 */
final class Problems {
  private final List<String> ofFiles = new ArrayList<>();
  private final List<Supplier<String>> ofRows = new ArrayList<>();
  private long count;

  /** Adds a problem of a file, or of all of them. */
  void add(String problem) {
    if (ofFiles.size() < CatalogueException.TOLD) {
      ofFiles.add(problem);
    }
    count++;
  }

  /** Adds a problem of a row. */
  void addRow(String problem) {
    addRow(() -> problem);
  }

  /** Adds a problem of a row whose text is composed at the end. */
  void addRow(Supplier<String> problem) {
    if (ofRows.size() < CatalogueException.TOLD) {
      ofRows.add(problem);
    }
    count++;
  }

  /** Counts problems that are not told. */
  void count(long more) {
    count += more;
  }

  boolean any() {
    return count > 0;
  }

  /**
   * @throws CatalogueException if there are any
   */
  void throwIfAny() {
    if (count > 0) {
      List<String> told =
          Stream.concat(ofFiles.stream(), ofRows.stream().map(Supplier::get))
              .limit(CatalogueException.TOLD)
              .toList();
      throw new CatalogueException(told, count);
    }
  }
}
