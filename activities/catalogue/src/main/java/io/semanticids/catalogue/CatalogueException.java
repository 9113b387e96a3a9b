package io.semanticids.catalogue;

import java.util.List;

/** A catalogue that cannot be used: the first twenty of its problems, and how many there are. */
public final class CatalogueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** How many problems are told in full. */
  static final int TOLD = 20;

  private final transient List<String> problems;
  private final long count;

  /**
   * @param problems the first of them, one or two lines each
   * @param count how many there are, at least as many as are told
   */
  public CatalogueException(List<String> problems, long count) {
    super(message(problems, count));
    if (problems.isEmpty() || count < problems.size()) {
      throw new IllegalArgumentException(
          "%d problems told, %d counted.".formatted(problems.size(), count));
    }
    this.problems = List.copyOf(problems);
    this.count = count;
  }

  /** The first problems, at most twenty, in the order in which they were found. */
  public List<String> problems() {
    return problems;
  }

  /** How many problems there are. */
  public long count() {
    return count;
  }

  private static String message(List<String> problems, long count) {
    String told = String.join("\n", problems);
    return count > problems.size()
        ? told + "\n… and %,d more problems.".formatted(count - problems.size())
        : told;
  }
}
