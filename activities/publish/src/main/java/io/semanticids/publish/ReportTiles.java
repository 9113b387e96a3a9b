package io.semanticids.publish;

import io.semanticids.evaluate.CodeFigures;
import io.semanticids.evaluate.PathFigures;
import io.semanticids.evaluate.PathSpace;
import io.semanticids.evaluate.Report;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headline figures of a report page. */
final class ReportTiles {
  private ReportTiles() {}

  record Tile(String label, String value, String note) {}

  static List<Tile> of(Report report) {
    PathFigures before = report.paths().before();
    PathFigures after = report.paths().after();
    PathFigures last = after == null ? before : after;
    List<Tile> tiles = new ArrayList<>();
    tiles.add(items(report.items()));
    tiles.add(
        new Tile(
            "Distinct paths",
            Figures.whole(last.unique()),
            "of %s possible%s"
                .formatted(
                    Figures.whole(new PathSpace(report.sizes()).paths()),
                    was(after, Figures.whole(before.unique())))));
    tiles.add(
        new Tile(
            "Collision rate",
            Figures.percent(last.collisionRate()),
            "floor %s%s"
                .formatted(
                    Figures.percent(report.floors().pigeonhole()),
                    was(after, Figures.percent(before.collisionRate())))));
    tiles.add(
        new Tile(
            "Fullest path",
            Figures.count(last.largest(), "item"),
            after == null
                ? Figures.whole(last.itemsInCollisions()) + " in collisions"
                : "before " + Figures.whole(before.largest())));
    tiles.add(error(report));
    tiles.add(loads(report));
    return tiles;
  }

  private static Tile items(Report.Items items) {
    List<String> notes = new ArrayList<>();
    if (items.test() > 0) {
      notes.add("and " + Figures.whole(items.test()) + " test items");
    }
    if (items.groups() > 0) {
      notes.add("in " + Figures.count(items.groups(), "group"));
    }
    return new Tile("Training items", Figures.whole(items.train()), String.join(", ", notes));
  }

  private static Tile error(Report report) {
    int levels = report.levels().size();
    Report.Level level = report.levels().get(levels - 1);
    CodeFigures after = level.after();
    CodeFigures last = after == null ? level.before() : after;
    return new Tile(
        "Relative error",
        Figures.decimal(last.relativeError(), 3),
        "after %s%s"
            .formatted(
                Figures.count(levels, "level"),
                was(after, Figures.decimal(level.before().relativeError(), 3))));
  }

  private static Tile loads(Report report) {
    long uniform =
        report.levels().stream()
            .map(level -> level.after() == null ? level.before() : level.after())
            .filter(figures -> figures.maxLoad() - figures.minLoad() <= 1)
            .count();
    return new Tile(
        "Uniform levels",
        "%d of %d".formatted(uniform, report.levels().size()),
        "loads differ by at most one");
  }

  private static String was(@Nullable Object after, String before) {
    return after == null ? "" : "; before " + before;
  }
}
