package io.semanticids.publish;

import io.semanticids.evaluate.CodeFigures;
import io.semanticids.evaluate.PathFigures;
import io.semanticids.evaluate.PathSpace;
import io.semanticids.evaluate.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The figures of a page as the template shows them: rows of tables, numbers written out. */
final class ReportView {
  private final ReportPage page;
  private final Report report;

  ReportView(ReportPage page) {
    this.page = page;
    this.report = page.report();
  }

  /** What the template's names stand for. */
  Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    values.put("run", page.run());
    values.put("lead", lead());
    values.put("hasWarnings", !page.warnings().isEmpty());
    values.put("warnings", page.warnings());
    values.put("tiles", ReportTiles.of(report));
    values.put("balanced", report.balanced());
    values.put("charts", charts());
    values.put("levels", levels());
    List<Balancing> sinkhorn = sinkhorn();
    values.put("hasSinkhorn", !sinkhorn.isEmpty());
    values.put("sinkhorn", sinkhorn);
    values.put("hasGroups", report.paths().before().withinGroup() != null);
    values.put("paths", paths());
    values.put("floors", floors());
    values.put("neighbourLead", neighbourLead());
    values.put("neighbourColumns", neighbourColumns());
    values.put("neighbours", neighbours());
    values.put("collisions", page.collisions().stream().map(ReportView::collision).toList());
    return values;
  }

  record Chart(String title, String note, String description) {}

  record LevelRow(
      boolean first,
      String level,
      String state,
      String codes,
      String used,
      String min,
      String max,
      String perplexity,
      String error) {}

  record Balancing(
      String level,
      String cost,
      String bound,
      String gap,
      String optimal,
      String moved,
      String tau,
      String iterations,
      String passes) {}

  record PathRow(
      String label,
      String items,
      String unique,
      String rate,
      String colliding,
      String largest,
      String withinGroup) {}

  record Floor(String name, String rate, String meaning) {}

  record Shares(String label, List<String> shares) {}

  record Member(String id, String text) {}

  record Collision(String semanticId, String items, List<Member> members, String more) {}

  private String lead() {
    String sizes = String.join(" × ", report.sizes().stream().map(Figures::whole).toList());
    String balanced =
        report.balanced()
            ? "balanced (scope %s)".formatted(page.scope())
            : "not balanced (uniform: false)";
    String vectors = page.model() == null ? "vectors as given" : "embedded by " + page.model();
    return "%s, %s; codes: %s, %s.".formatted(page.dataset(), vectors, sizes, balanced);
  }

  private List<Chart> charts() {
    return IntStream.range(0, report.levels().size())
        .mapToObj(
            i -> {
              Report.Level level = report.levels().get(i);
              String before = range(level.before());
              CodeFigures after = level.after();
              String note =
                  "%s; items of each: %s%s"
                      .formatted(
                          Figures.count(level.size(), "code"),
                          before,
                          after == null ? "" : " before, " + range(after) + " after balancing");
              return new Chart(
                  "Level %d".formatted(i + 1),
                  note,
                  "Loads of level %d: %s.".formatted(i + 1, note));
            })
        .toList();
  }

  private static String range(CodeFigures figures) {
    return figures.minLoad() == figures.maxLoad()
        ? Figures.whole(figures.minLoad())
        : Figures.whole(figures.minLoad()) + " to " + Figures.whole(figures.maxLoad());
  }

  private List<LevelRow> levels() {
    List<LevelRow> rows = new ArrayList<>();
    for (int i = 0; i < report.levels().size(); i++) {
      Report.Level level = report.levels().get(i);
      CodeFigures after = level.after();
      rows.add(levelRow(i + 1, after == null ? "none" : "before", level.size(), level.before()));
      if (after != null) {
        rows.add(levelRow(i + 1, "after", level.size(), after));
      }
    }
    return rows;
  }

  private static LevelRow levelRow(int number, String state, int size, CodeFigures figures) {
    boolean first = !state.equals("after");
    return new LevelRow(
        first,
        String.valueOf(number),
        state,
        Figures.whole(size),
        Figures.whole(figures.unique()),
        Figures.whole(figures.minLoad()),
        Figures.whole(figures.maxLoad()),
        Figures.decimal(figures.perplexity(), 1),
        Figures.decimal(figures.relativeError(), 4));
  }

  private List<Balancing> sinkhorn() {
    List<Balancing> rows = new ArrayList<>();
    for (int i = 0; i < report.levels().size(); i++) {
      Report.Sinkhorn sinkhorn = report.levels().get(i).sinkhorn();
      if (sinkhorn != null) {
        rows.add(
            new Balancing(
                String.valueOf(i + 1),
                Figures.significant(sinkhorn.cost(), 7),
                Figures.significant(sinkhorn.lowerBound(), 7),
                Figures.scientific(sinkhorn.gap()),
                sinkhorn.optimal() ? "proved" : "not proved",
                Figures.whole(sinkhorn.moved()),
                Figures.significant(sinkhorn.tau(), 3),
                Figures.whole(sinkhorn.iterations()),
                Figures.whole(sinkhorn.passes())));
      }
    }
    return rows;
  }

  private List<PathRow> paths() {
    List<PathRow> rows = new ArrayList<>();
    addPaths(rows, "Training", report.items().train(), report.paths());
    Report.Paths test = report.test();
    if (test != null) {
      addPaths(rows, "Test", report.items().test(), test);
    }
    return rows;
  }

  private static void addPaths(List<PathRow> rows, String label, long items, Report.Paths paths) {
    PathFigures after = paths.after();
    rows.add(pathRow(after == null ? label : label + ", before", items, paths.before()));
    if (after != null) {
      rows.add(pathRow(label + ", after", items, after));
    }
  }

  private static PathRow pathRow(String label, long items, PathFigures paths) {
    Long withinGroup = paths.withinGroup();
    return new PathRow(
        label,
        Figures.whole(items),
        Figures.whole(paths.unique()),
        Figures.percent(paths.collisionRate()),
        Figures.whole(paths.itemsInCollisions()),
        Figures.whole(paths.largest()),
        withinGroup == null ? "–" : Figures.whole(withinGroup));
  }

  private List<Floor> floors() {
    Report.Floors floors = report.floors();
    String paths = Figures.whole(new PathSpace(report.sizes()).paths());
    return List.of(
        new Floor(
            "Duplicates",
            Figures.percent(floors.duplicates()),
            "Equal vectors get equal codes under any rule that maps vectors to codes; only exact balancing parts them."),
        new Floor(
            "Pigeonhole",
            Figures.percent(floors.pigeonhole()),
            "With %s different paths in all, no assignment collides less.".formatted(paths)),
        new Floor(
            "Uniform random",
            Figures.percent(floors.uniformRandom()),
            "What items thrown at the paths at random would have: codes without any structure."));
  }

  private String neighbourLead() {
    Report.Neighbours neighbours = report.neighbours();
    if (neighbours.queries() == 0) {
      return "There are too few items to have neighbours.";
    }
    return ("Of the %s nearest neighbours of an item by embedding, the share that has the item’s first codes, over %s"
            + " items. Shuffled: the same codes dealt out at random, what chance alone gives.")
        .formatted(Figures.whole(neighbours.k()), Figures.whole(neighbours.queries()));
  }

  private List<String> neighbourColumns() {
    return IntStream.rangeClosed(1, report.levels().size())
        .mapToObj(level -> level == 1 ? "First code" : "First " + level + " codes")
        .toList();
  }

  private List<Shares> neighbours() {
    Report.Neighbours neighbours = report.neighbours();
    List<Shares> rows = new ArrayList<>();
    List<Double> after = neighbours.after();
    rows.add(shares(after == null ? "As they are" : "Before", neighbours.before()));
    if (after != null) {
      rows.add(shares("After", after));
    }
    rows.add(shares("Shuffled", neighbours.shuffled()));
    return rows;
  }

  private static Shares shares(String label, List<Double> values) {
    return new Shares(label, values.stream().map(Figures::percent).toList());
  }

  private static Collision collision(ReportPage.Collision collision) {
    long hidden = collision.items() - collision.members().size();
    return new Collision(
        collision.semanticId(),
        Figures.whole(collision.items()) + " items",
        collision.members().stream()
            .map(member -> new Member(member.id(), text(member.text())))
            .toList(),
        hidden > 0 ? "and " + Figures.whole(hidden) + " more" : "");
  }

  private static String text(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String cut = Figures.cut(text, 240);
    return cut.isEmpty() ? "(no text)" : cut;
  }
}
