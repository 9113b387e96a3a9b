package io.semanticids.catalogue;

import java.util.Collection;
import java.util.Locale;

/** Guesses which existing name was meant by one that does not exist. */
final class NearestName {
  private NearestName() {}

  /** A sentence for an error message: the nearest of the names, and the names there are. */
  static String hint(String name, Collection<String> names) {
    if (names.isEmpty()) {
      return "There are no fields at all.";
    }
    String nearest = null;
    int best = Integer.MAX_VALUE;
    for (String candidate : names) {
      int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < best) {
        best = distance;
        nearest = candidate;
      }
    }
    String some = String.join(", ", names.stream().limit(20).toList());
    String all = "The fields are " + some + (names.size() > 20 ? ", …" : "") + ".";
    return best <= Math.max(2, name.length() / 2)
        ? "Did you mean \"%s\"? %s".formatted(nearest, all)
        : all;
  }

  /** The least number of letters to put in, leave out or replace (Levenshtein). */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
