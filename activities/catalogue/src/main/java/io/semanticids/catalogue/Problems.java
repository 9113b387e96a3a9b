package io.semanticids.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gathers what is wrong with a catalogue: keeps the first of it and counts all. Not thread-safe.
 */
final class Problems {
  private final List<Supplier<String>> told = new ArrayList<>();
  private long count;

  void add(String problem) {
    add(() -> problem);
  }

  /** Adds a problem whose text is composed at the end. */
  void add(Supplier<String> problem) {
    if (told.size() < CatalogueException.TOLD) {
      told.add(problem);
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
      throw new CatalogueException(told.stream().map(Supplier::get).toList(), count);
    }
  }
}
