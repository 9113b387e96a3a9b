package io.semanticids.evaluate;

/**
 * How the codes of one level are used, over training items.
 *
 * @param unique codes that at least one item has
 * @param minLoad items of the least used code, unused codes included
 * @param maxLoad items of the most used code
 * @param perplexity exp of the entropy of the loads: the number of equally used codes that would be
 *     as diverse, in [1, K]; 0 without items
 * @param relativeError {@code sum |x - x̂_l|² / sum |x - mean|²} after this level
 */
public record CodeFigures(
    int unique, long minLoad, long maxLoad, double perplexity, double relativeError) {
  public CodeFigures {
    Check.count("unique", unique);
    Check.count("minLoad", minLoad);
    Check.count("maxLoad", maxLoad);
    Check.figure("perplexity", perplexity);
    Check.figure("relativeError", relativeError);
    if (minLoad > maxLoad) {
      throw new IllegalArgumentException(
          "minLoad (%d) must not exceed maxLoad (%d).".formatted(minLoad, maxLoad));
    }
  }

  /** The figures of a level with these loads (one a code, unused ones included) and this error. */
  public static CodeFigures of(long[] loads, double relativeError) {
    LoadFigures figures = LoadFigures.of(loads);
    return new CodeFigures(
        figures.unique(),
        figures.minLoad(),
        figures.maxLoad(),
        figures.perplexity(),
        relativeError);
  }
}
