package io.semanticids.workflows.request;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant. */
public final class NearestName {
  private static final int MAX_LENGTH = 40;
  private static final int MIN_CONTAINED = 4;

  private NearestName() {}

  /**
   * The valid name nearest to {@code written}: case, {@code _} and {@code -} do not count,
   * otherwise by the number of characters to insert, delete, replace or exchange, at most a third
   * of the word; or else a valid name that {@code written} contains. Of equally near ones the
   * first.
   *
   * @return empty if nothing is near
   */
  public static Optional<String> of(String written, Collection<String> valid) {
    if (written.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String word = plain(written);
    String nearest = null;
    int least = Math.max(1, word.length() / 3) + 1;
    for (String name : valid) {
      int distance = distance(word, plain(name));
      if (distance < least && distance < name.length()) {
        least = distance;
        nearest = name;
      }
    }
    return nearest != null ? Optional.of(nearest) : contained(word, valid);
  }

  private static Optional<String> contained(String word, Collection<String> valid) {
    return valid.stream()
        .filter(name -> name.length() >= MIN_CONTAINED && word.contains(plain(name)))
        .findFirst();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Optimal string alignment: edit distance in which exchanging two neighbours costs one. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
    best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean exchanged =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return exchanged ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
