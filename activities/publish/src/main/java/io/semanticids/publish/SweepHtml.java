package io.semanticids.publish;

import com.samskivert.mustache.Mustache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Renders sweep.html: a drawing and a table, without any script. */
final class SweepHtml {
  private SweepHtml() {}

  record Row(
      String number,
      String label,
      String run,
      String rate,
      String floor,
      String excess,
      String error,
      List<String> neighbours,
      String loads,
      boolean front) {}

  static String render(SweepReport report) {
    int levels = report.runs().stream().mapToInt(run -> run.neighbours().size()).max().orElse(1);
    SweepChart chart = new SweepChart(report.runs());
    Map<String, Object> context = new HashMap<>();
    context.put("sweep", report.sweep());
    context.put(
        "lead",
        "%s%s; those that no other beats in all three figures are marked."
            .formatted(
                report.dataset().isEmpty() ? "" : report.dataset() + ": ",
                Figures.count(report.runs().size(), "run")));
    context.put("styles", ReportHtml.resource("report.css") + ReportHtml.resource("sweep.css"));
    context.put("width", SweepChart.WIDTH);
    context.put("height", SweepChart.HEIGHT);
    context.put("discs", chart.discs());
    context.put("across", chart.across());
    context.put("up", chart.up());
    context.put(
        "levels",
        IntStream.rangeClosed(1, levels)
            .mapToObj(level -> level == 1 ? "First code" : "First " + level)
            .toList());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < report.runs().size(); i++) {
      rows.add(row(i + 1, report.runs().get(i), levels));
    }
    context.put("rows", rows);
    return Mustache.compiler()
        .emptyStringIsFalse(true)
        .compile(ReportHtml.resource("sweep.mustache"))
        .execute(context);
  }

  private static Row row(int number, SweepReport.Entry run, int levels) {
    List<String> shares = new ArrayList<>();
    run.neighbours().forEach(share -> shares.add(Figures.percent(share)));
    shares.addAll(Collections.nCopies(levels - shares.size(), "–"));
    return new Row(
        String.valueOf(number),
        run.label(),
        run.run(),
        Figures.percent(run.collisionRate()),
        Figures.percent(run.floor()),
        Figures.percent(run.excess()),
        Figures.decimal(run.relativeError(), 4),
        shares,
        Figures.whole(run.minLoad()) + " to " + Figures.whole(run.maxLoad()),
        run.pareto());
  }
}
