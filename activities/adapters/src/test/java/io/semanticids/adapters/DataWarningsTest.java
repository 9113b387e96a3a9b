package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.evaluate.CodeFigures;
import io.semanticids.evaluate.PathFigures;
import io.semanticids.evaluate.Report;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DataWarningsTest {
  @Test
  void ordinaryDataHaveNone() {
    assertThat(DataWarnings.of(1_000, 900, true, List.of(256, 1_000))).isEmpty();
    assertThat(DataWarnings.of(1_000, 501, true, List.of(4))).isEmpty();
  }

  @Test
  void moreCodesThanItems() {
    assertThat(DataWarnings.of(100, 100, false, List.of(256, 100, 2_048, 256)))
        .singleElement()
        .asString()
        .contains("(256, 2,048 a level)", "(100)");
  }

  @Test
  void equalVectors() {
    assertThat(DataWarnings.of(300, 1, true, List.of(8)))
        .singleElement()
        .asString()
        .startsWith("All 300 training vectors are equal");
    assertThat(DataWarnings.of(400, 200, true, List.of(8)))
        .singleElement()
        .asString()
        .startsWith("Only 200 of 400 training vectors are distinct");
  }

  /** They are told as texts. */
  @Test
  void equalTexts() {
    assertThat(DataWarnings.of(300, 1, false, List.of(8))).isEmpty();
  }

  /** That there is one says it all. */
  @Test
  void oneItem() {
    assertThat(DataWarnings.of(1, 1, true, List.of(256))).isEmpty();
  }

  @Test
  void moreCollisionsThanBefore() {
    PathFigures few = new PathFigures(90, 0.1, 20, 2, null);
    PathFigures many = new PathFigures(75, 0.25, 50, 2, null);
    assertThat(DataWarnings.of(new Report.Paths(few, null))).isEmpty();
    assertThat(DataWarnings.of(new Report.Paths(few, few))).isEmpty();
    assertThat(DataWarnings.of(new Report.Paths(many, few))).isEmpty();
    assertThat(DataWarnings.of(new Report.Paths(few, many)))
        .singleElement()
        .asString()
        .startsWith("Balancing raised the collision rate from 0.1000 to 0.2500")
        .contains("scope: last");
  }

  @Test
  void costsFarOverTheirBound() {
    Report.Level proved = level(new Report.Sinkhorn(0.1, 9, 64, 3, 10, 10, 0, true, 4));
    Report.Level near = level(new Report.Sinkhorn(0.1, 9, 64, 3, 10.01, 10, 1e-3, false, 4));
    Report.Level dear = level(new Report.Sinkhorn(0.1, 9, 64, 3, 12.5, 10, 0.25, false, 4));
    assertThat(DataWarnings.ofCosts(List.of(level(null), proved, near))).isEmpty();
    assertThat(DataWarnings.ofCosts(List.of(proved, dear)))
        .singleElement()
        .asString()
        .startsWith("Level 2 is exactly balanced")
        .contains("25.0 %", "tau");
  }

  private static Report.Level level(Report.@Nullable Sinkhorn sinkhorn) {
    CodeFigures figures = new CodeFigures(2, 5, 5, 2, 0.5);
    return new Report.Level(2, figures, figures, sinkhorn);
  }
}
