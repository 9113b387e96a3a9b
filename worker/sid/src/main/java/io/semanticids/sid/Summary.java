package io.semanticids.sid;

import io.semanticids.evaluate.CodeFigures;
import io.semanticids.evaluate.PathFigures;
import io.semanticids.evaluate.Report;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A finished run's figures on one screen: what became of the loads, of the collisions, and how near
 * both are to what is possible. All of it is in report.json.
 */
final class Summary {
  private Summary() {}

  static String of(Report report) {
    StringBuilder text = new StringBuilder();
    boolean balanced = report.balanced();
    int levels = report.levels().size();
    line(text, "%s over %d %s", items(report), levels, levels == 1 ? "level" : "levels");
    line(text, "");
    line(
        text,
        balanced
            ? "level   size   loads before             loads after              relative error     cost over bound"
            : "level   size   loads                    perplexity   relative error");
    for (int i = 0; i < report.levels().size(); i++) {
      Report.Level level = report.levels().get(i);
      line(text, balanced ? balanced(i + 1, level) : plain(i + 1, level));
    }
    line(text, "");
    paths(text, "paths", report.items().train(), report.paths());
    Report.Paths test = report.test();
    if (test != null) {
      paths(text, "test paths", report.items().test(), test);
    }
    line(
        text,
        "collision rate can not be below %.4f (equal items) or %.4f (number of paths); random codes: %.4f",
        report.floors().duplicates(),
        report.floors().pigeonhole(),
        report.floors().uniformRandom());
    neighbours(text, report.neighbours());
    return text.toString();
  }

  private static String items(Report report) {
    Report.Items items = report.items();
    String test =
        items.test() == 0 ? "" : String.format(Locale.ROOT, " and %,d test items", items.test());
    return String.format(Locale.ROOT, "%,d items", items.train()) + test;
  }

  private static String balanced(int number, Report.Level level) {
    CodeFigures after = level.after() == null ? level.before() : level.after();
    Report.Sinkhorn sinkhorn = level.sinkhorn();
    String gap =
        sinkhorn == null
            ? "not balanced"
            : sinkhorn.optimal()
                ? "0 (proved optimal)"
                : String.format(Locale.ROOT, "%.1e", sinkhorn.gap());
    return String.format(
        Locale.ROOT,
        "%5d %6d   %-24s %-24s %.3f -> %.3f     %s",
        number,
        level.size(),
        loads(level.before(), level.size()),
        loads(after, level.size()),
        level.before().relativeError(),
        after.relativeError(),
        gap);
  }

  private static String plain(int number, Report.Level level) {
    return String.format(
        Locale.ROOT,
        "%5d %6d   %-24s %10.1f   %.3f",
        number,
        level.size(),
        loads(level.before(), level.size()),
        level.before().perplexity(),
        level.before().relativeError());
  }

  /** {@code 54 to 55}; with the number of codes in use where some are not. */
  private static String loads(CodeFigures figures, int size) {
    String range = String.format(Locale.ROOT, "%,d to %,d", figures.minLoad(), figures.maxLoad());
    return figures.unique() == size
        ? range
        : range + String.format(Locale.ROOT, " (%,d used)", figures.unique());
  }

  private static void paths(StringBuilder text, String what, long items, Report.Paths paths) {
    PathFigures after = paths.after();
    line(text, "%-10s  %s", what, path(items, paths.before()));
    if (after != null) {
      line(text, "%-10s  %s", "  balanced", path(items, after));
    }
  }

  private static String path(long items, PathFigures figures) {
    return String.format(
        Locale.ROOT,
        "%,d unique of %,d items, collision rate %.4f, largest %,d",
        figures.unique(),
        items,
        figures.collisionRate(),
        figures.largest());
  }

  private static void neighbours(StringBuilder text, Report.Neighbours neighbours) {
    if (neighbours.queries() == 0) {
      return;
    }
    List<Double> after = neighbours.after();
    line(
        text,
        "neighbours that share the first codes: %s%s (shuffled %s)",
        shares(neighbours.before()),
        after == null ? "" : " -> " + shares(after),
        shares(neighbours.shuffled()));
  }

  private static String shares(List<Double> shares) {
    return shares.stream()
        .map(share -> String.format(Locale.ROOT, "%.2f", share))
        .collect(Collectors.joining(" "));
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
        .append('\n');
  }
}
