package io.semanticids.publish;

import io.semanticids.evaluate.CodeFigures;
import io.semanticids.evaluate.PathFigures;
import io.semanticids.evaluate.Report;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A finished run's figures in the form of the published log: sizes, "Before balancing", one block a
 * balanced level, "After balancing". What that log did not have (test items, neighbours, floors)
 * follows in the same manner.
 */
public final class ReportText {
  private ReportText() {}

  /** The lines, each ended by a line feed. */
  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    String sizes = report.sizes().stream().map(String::valueOf).collect(Collectors.joining("x"));
    line(text, "### %s", sizes);
    long total = report.items().train();
    line(text, "Before balancing:");
    codes(text, total, report.levels(), Report.Level::before, report.paths().before());
    PathFigures after = report.paths().after();
    if (after != null) {
      for (int i = 0; i < report.levels().size(); i++) {
        balanced(text, total, report.levels(), i);
      }
      line(text, "");
      line(text, "After  balancing:");
      codes(text, total, report.levels(), Report.Level::after, after);
    }
    more(text, report);
    return text.toString();
  }

  private static void codes(
      StringBuilder text,
      long total,
      List<Report.Level> levels,
      Function<Report.Level, @Nullable CodeFigures> which,
      PathFigures paths) {
    line(text, "  total=%d", total);
    for (int i = 0; i < levels.size(); i++) {
      CodeFigures figures = which.apply(levels.get(i));
      if (figures != null) {
        line(text, "  L%d: unique=%d", i + 1, figures.unique());
      }
    }
    line(text, "  %s", paths(paths));
  }

  private static void balanced(StringBuilder text, long total, List<Report.Level> levels, int i) {
    Report.Level level = levels.get(i);
    Report.Sinkhorn sinkhorn = level.sinkhorn();
    CodeFigures after = level.after();
    if (sinkhorn == null || after == null) {
      return;
    }
    line(text, "");
    line(text, "=== Sinkhorn uniform mapping  level %d/%d ===", i + 1, levels.size());
    line(
        text,
        "  Sinkhorn level: N=%d  K=%d  tau=%s  iters=%d  batch=%d",
        total,
        level.size(),
        Figures.significant(sinkhorn.tau(), 5),
        sinkhorn.iterations(),
        sinkhorn.batch());
    line(text, "    level balanced: min=%d  max=%d", after.minLoad(), after.maxLoad());
  }

  private static void more(StringBuilder text, Report report) {
    line(text, "");
    line(text, "Relative error:");
    line(text, "  before=%s", each(report.levels(), level -> level.before().relativeError()));
    if (report.balanced()) {
      line(
          text,
          "  after=%s",
          each(
              report.levels(), level -> level.after() == null ? 0 : level.after().relativeError()));
    }
    Report.Paths test = report.test();
    if (test != null) {
      line(text, "Test:");
      line(text, "  total=%d", report.items().test());
      line(text, "  before: %s", paths(test.before()));
      if (test.after() != null) {
        line(text, "  after:  %s", paths(test.after()));
      }
    }
    Report.Neighbours neighbours = report.neighbours();
    line(text, "Neighbours with the same first codes:");
    line(text, "  queries=%d  k=%d", neighbours.queries(), neighbours.k());
    line(text, "  before=%s", each(neighbours.before(), share -> share));
    List<Double> after = neighbours.after();
    if (after != null) {
      line(text, "  after=%s", each(after, share -> share));
    }
    line(text, "  shuffled=%s", each(neighbours.shuffled(), share -> share));
    Report.Floors floors = report.floors();
    line(text, "Collision floors:");
    line(
        text,
        "  duplicates=%.4f  pigeonhole=%.4f  uniform_random=%.4f",
        floors.duplicates(),
        floors.pigeonhole(),
        floors.uniformRandom());
  }

  private static String paths(PathFigures paths) {
    return String.format(
        Locale.ROOT,
        "unique full-paths=%d  collision_rate=%.4f",
        paths.unique(),
        paths.collisionRate());
  }

  private static <T> String each(List<T> values, Function<T, Double> figure) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.4f", figure.apply(value)))
        .collect(Collectors.joining(" "));
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
