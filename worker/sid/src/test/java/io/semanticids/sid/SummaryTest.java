package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.evaluate.CodeFigures;
import io.semanticids.evaluate.PathFigures;
import io.semanticids.evaluate.Report;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final CodeFigures BEFORE = new CodeFigures(60, 0, 231, 41.5, 0.412);
  private static final CodeFigures AFTER = new CodeFigures(64, 54, 55, 64, 0.455);
  private static final PathFigures PATHS = new PathFigures(2_990, 0.1356, 700, 9, null);

  @Test
  void balanced() {
    Report.Sinkhorn sinkhorn = new Report.Sinkhorn(0.01, 30, 8192, 2, 10, 9, 3e-5, false, 12);
    String text = Summary.of(report(AFTER, sinkhorn));
    assertThat(text)
        .contains("3,459 items over 1 level\n")
        .contains("0 to 231 (60 used)")
        .contains("54 to 55 ")
        .contains("0.412 -> 0.455")
        .contains("3.0e-05")
        .contains("2,990 unique of 3,459 items, collision rate 0.1356, largest 9")
        .contains("0.80 -> 0.70 (shuffled 0.02)");
  }

  @Test
  void provedOptimal() {
    Report.Sinkhorn sinkhorn = new Report.Sinkhorn(0.01, 30, 8192, 2, 10, 10, 0, true, 12);
    assertThat(Summary.of(report(AFTER, sinkhorn))).contains("proved optimal");
  }

  @Test
  void plain() {
    String text = Summary.of(report(null, null));
    assertThat(text).contains("0 to 231 (60 used)").contains("41.5").doesNotContain("->");
  }

  private static Report report(@Nullable CodeFigures after, Report.@Nullable Sinkhorn sinkhorn) {
    PathFigures balanced = after == null ? null : PATHS;
    List<Double> shares = after == null ? null : List.of(0.7);
    return new Report(
        new Report.Items(3_459, 0, 0),
        List.of(new Report.Level(64, BEFORE, after, sinkhorn)),
        new Report.Paths(PATHS, balanced),
        null,
        new Report.Neighbours(100, 10, List.of(0.8), shares, List.of(0.02)),
        new Report.Floors(0.0043, 0, 0.0066));
  }
}
