package io.semanticids.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.evaluate.CodeFigures;
import io.semanticids.evaluate.PathFigures;
import io.semanticids.evaluate.Report;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The runs of a sweep side by side: {@code sweep.json}, and the same for people, {@code
 * sweep.html}. A function of the runs' reports alone.
 *
 * @param sweep names it
 * @param dataset what was read, as people wrote it; empty where that is varied
 * @param runs in the order of the sweep
 */
public record SweepReport(String sweep, String dataset, List<Entry> runs) {
  /** The folder of all sweeps below the output. */
  public static final String FOLDER = "sweeps";

  /** The object's name in a sweep's folder; written last. */
  public static final String NAME = "sweep.json";

  /** The page's name. */
  public static final String PAGE = "sweep.html";

  public SweepReport {
    runs = List.copyOf(runs);
  }

  /**
   * One run: figures after balancing where something was balanced, else the plain ones, over
   * training items.
   *
   * @param run its name
   * @param label its settings, for people
   * @param settings what is varied
   * @param collisionRate of whole paths
   * @param floor the pigeonhole floor of its sizes
   * @param excess {@code collisionRate - floor}
   * @param relativeError at the last level
   * @param neighbours of an item's nearest ones, the share with its first 1, 2, … codes
   * @param minLoad of the first level's codes
   * @param maxLoad of the first level's codes
   * @param pareto whether no other run is as good in excess, relative error and the share of
   *     neighbours with the first code, and better in one of them
   */
  public record Entry(
      String run,
      String label,
      JsonNode settings,
      double collisionRate,
      double floor,
      double excess,
      double relativeError,
      List<Double> neighbours,
      long minLoad,
      long maxLoad,
      boolean pareto) {
    public Entry {
      neighbours = List.copyOf(neighbours);
      if (neighbours.isEmpty()) {
        throw new IllegalArgumentException("A run has at least one level.");
      }
    }

    /** As good in everything, and better in something. */
    boolean dominates(Entry other) {
      boolean noWorse =
          excess <= other.excess
              && relativeError <= other.relativeError
              && neighbours.get(0) >= other.neighbours.get(0);
      return noWorse
          && (excess < other.excess
              || relativeError < other.relativeError
              || neighbours.get(0) > other.neighbours.get(0));
    }

    Entry withPareto(boolean front) {
      return new Entry(
          run,
          label,
          settings,
          collisionRate,
          floor,
          excess,
          relativeError,
          neighbours,
          minLoad,
          maxLoad,
          front);
    }
  }

  /** The figures of one run; whether it is on the front is not known yet. */
  public static Entry entry(String run, String label, JsonNode settings, Report report) {
    PathFigures after = report.paths().after();
    PathFigures paths = after == null ? report.paths().before() : after;
    List<Double> balanced = report.neighbours().after();
    double floor = report.floors().pigeonhole();
    CodeFigures first = figures(report.levels().get(0));
    CodeFigures last = figures(report.levels().get(report.levels().size() - 1));
    return new Entry(
        run,
        label,
        settings,
        paths.collisionRate(),
        floor,
        Math.max(0, paths.collisionRate() - floor),
        last.relativeError(),
        balanced == null ? report.neighbours().before() : balanced,
        first.minLoad(),
        first.maxLoad(),
        false);
  }

  private static CodeFigures figures(Report.Level level) {
    CodeFigures after = level.after();
    return after == null ? level.before() : after;
  }

  /** Marks the Pareto front. */
  public static SweepReport of(String sweep, String dataset, List<Entry> entries) {
    List<Entry> marked = new ArrayList<>();
    for (Entry entry : entries) {
      marked.add(entry.withPareto(entries.stream().noneMatch(other -> other.dominates(entry))));
    }
    return new SweepReport(sweep, dataset, marked);
  }

  /** The content of sweep.json. */
  public byte[] json() {
    return Json.pretty(this);
  }

  /** The content of sweep.html: one page that needs no other file and no network. */
  public byte[] html() {
    return SweepHtml.render(this).getBytes(StandardCharsets.UTF_8);
  }
}
