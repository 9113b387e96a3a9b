package io.semanticids.evaluate;

/**
 * How evenly the codes of a level are used.
 *
 * @param unique codes with a load above 0
 * @param minLoad smallest load, unused codes included
 * @param maxLoad largest load
 * @param perplexity {@code exp(-sum p_k ln p_k)} with {@code p_k = load_k / sum of loads}; 0 when
 *     all loads are 0
 */
public record LoadFigures(int unique, long minLoad, long maxLoad, double perplexity) {
  public LoadFigures {
    Check.count("unique", unique);
    Check.count("minLoad", minLoad);
    Check.count("maxLoad", maxLoad);
    Check.figure("perplexity", perplexity);
  }

  /** The figures of these loads, one a code: unused codes are in it with 0. */
  public static LoadFigures of(long[] loads) {
    if (loads.length == 0) {
      throw new IllegalArgumentException("A level has at least one code.");
    }
    long total = 0;
    long min = Long.MAX_VALUE;
    long max = 0;
    int unique = 0;
    for (long load : loads) {
      Check.count("load", load);
      total += load;
      min = Math.min(min, load);
      max = Math.max(max, load);
      unique += load > 0 ? 1 : 0;
    }
    return new LoadFigures(unique, min, max, perplexity(loads, total, unique, min == max));
  }

  /** Loads of these codes, which lie in {@code [0, size)}. */
  public static long[] loads(int[] codes, int size) {
    long[] loads = new long[size];
    for (int code : codes) {
      loads[code]++;
    }
    return loads;
  }

  private static double perplexity(long[] loads, long total, int unique, boolean equal) {
    if (total == 0 || equal) {
      return unique;
    }
    double entropy = 0;
    for (long load : loads) {
      if (load > 0) {
        double share = (double) load / total;
        // StrictMath: the same bits on every machine.
        entropy -= share * StrictMath.log(share);
      }
    }
    return Math.max(1, Math.min(unique, StrictMath.exp(entropy)));
  }
}
