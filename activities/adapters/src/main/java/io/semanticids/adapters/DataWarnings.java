package io.semanticids.adapters;

import io.semanticids.evaluate.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a catalogue's size, its equal vectors and its alike ones mean for the figures: legal, and
 * surprising.
 */
final class DataWarnings {
  /** A cost over its lower bound that even the largest catalogues stay below. */
  private static final double DEAR = 1e-3;

  private DataWarnings() {}

  /**
   * One sentence each.
   *
   * @param rows training rows
   * @param distinct vectors among them
   * @param given whether the vectors were given: of texts {@code prepare} has told already
   * @param sizes of the levels
   */
  static List<String> of(long rows, long distinct, boolean given, List<Integer> sizes) {
    List<String> warnings = new ArrayList<>();
    if (rows <= 1) {
      return warnings;
    }
    List<Integer> large = sizes.stream().filter(size -> size > rows).distinct().toList();
    if (!large.isEmpty()) {
      warnings.add(
          text(
              "There are more codes (%s a level) than training items (%,d), so that codes stay unused: a smaller size is enough.",
              large.stream().map(size -> text("%,d", size)).collect(Collectors.joining(", ")),
              rows));
    }
    if (given && distinct == 1) {
      warnings.add(
          text(
              "All %,d training vectors are equal: only balancing gives them different codes, by their row numbers.",
              rows));
    } else if (given && 2 * distinct <= rows) {
      warnings.add(
          text(
              "Only %,d of %,d training vectors are distinct: equal vectors have equal codes unless balancing parts them.",
              distinct, rows));
    }
    return warnings;
  }

  /** Balanced levels that may cost far more than they need to. */
  static List<String> ofCosts(List<Report.Level> levels) {
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      Report.Sinkhorn sinkhorn = levels.get(i).sinkhorn();
      if (sinkhorn != null && sinkhorn.gap() > DEAR) {
        warnings.add(
            text(
                "Level %d is exactly balanced at a cost of up to %.1f %% more than needed: items may have codes that fit them worse than others would. It happens where most items are nearly the same; another tau (auto begins at 0.01) may do better.",
                i + 1, 100 * sinkhorn.gap()));
      }
    }
    return warnings;
  }

  /** Where even loads put more items on one path than before; at most one sentence. */
  static List<String> of(Report.Paths paths) {
    double before = paths.before().collisionRate();
    if (paths.after() == null || paths.after().collisionRate() <= before) {
      return List.of();
    }
    return List.of(
        text(
            "Balancing raised the collision rate from %.4f to %.4f: even loads over the whole catalogue need not part items that are alike. scope: last or prefix evens them out inside each prefix, which does.",
            before, paths.after().collisionRate()));
  }

  /** The same in every locale: warnings are committed. */
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
