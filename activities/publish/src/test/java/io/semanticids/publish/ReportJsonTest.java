package io.semanticids.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semanticids.evaluate.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
  @Test
  void fieldsStandInTheOrderOfTheContract() throws IOException {
    JsonNode json = parse(Fixtures.balanced());
    assertThat(names(json))
        .containsExactly("items", "levels", "paths", "test", "neighbours", "floors");
    assertThat(names(json.get("items"))).containsExactly("train", "test", "groups");
    assertThat(names(json.at("/levels/0"))).containsExactly("size", "before", "after", "sinkhorn");
    assertThat(names(json.at("/levels/0/before")))
        .containsExactly("unique", "minLoad", "maxLoad", "perplexity", "relativeError");
    assertThat(names(json.at("/levels/0/sinkhorn")))
        .containsExactly(
            "tau",
            "iterations",
            "batch",
            "passes",
            "cost",
            "lowerBound",
            "gap",
            "optimal",
            "moved");
    assertThat(names(json.at("/levels/1"))).containsExactly("size", "before", "after");
    assertThat(names(json.get("paths"))).containsExactly("before", "after");
    assertThat(names(json.at("/test/after")))
        .containsExactly("unique", "collisionRate", "itemsInCollisions", "largest", "withinGroup");
    assertThat(names(json.get("neighbours")))
        .containsExactly("queries", "k", "before", "after", "shuffled");
    assertThat(names(json.get("floors")))
        .containsExactly("duplicates", "pigeonhole", "uniformRandom");
  }

  @Test
  void whatDoesNotApplyIsAbsentAndGroupsAreNull() throws IOException {
    JsonNode json = parse(Fixtures.unbalanced());
    assertThat(names(json)).containsExactly("items", "levels", "paths", "neighbours", "floors");
    assertThat(names(json.at("/levels/0"))).containsExactly("size", "before");
    assertThat(names(json.get("paths"))).containsExactly("before");
    assertThat(names(json.get("neighbours"))).containsExactly("queries", "k", "before", "shuffled");
    assertThat(json.at("/paths/before").has("withinGroup")).isTrue();
    assertThat(json.at("/paths/before/withinGroup").isNull()).isTrue();
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    for (Report report : List.of(Fixtures.balanced(), Fixtures.unbalanced())) {
      assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }
  }

  @Test
  void numbersAreWrittenShortAndTheSameEverywhere() {
    // 2.0E-3 is what Java 17's Double.toString makes of 0.002; 2e-3 would be as good, but not both.
    String text = new String(ReportJson.write(Fixtures.balanced()), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("\"tau\" : 0.0025")
        .contains("\"gap\" : 8.00006400051E-6")
        .contains("\"before\" : [ 0.5, 0.25 ]")
        .endsWith("}\n")
        .doesNotContain("\r", "NaN");
  }

  @Test
  void laterFieldsArePassedOver() throws IOException {
    String text = new String(ReportJson.write(Fixtures.balanced()), StandardCharsets.UTF_8);
    String later = text.replaceFirst("\\{", "{\"invented\": 1,");
    assertThat(ReportJson.read(later.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Fixtures.balanced());
  }

  @Test
  void timingsHaveTheirSecondsAtTheTop() throws IOException {
    Timings timings =
        new Timings(
            new Timings.Seconds(1, 2, 3, 4, 5, 6, 7, 28),
            new Timings.Seconds(1, 1, 1, 1, 1, 1, 1, 7.5),
            40,
            2);
    JsonNode json = new ObjectMapper().readTree(timings.write());
    assertThat(names(json))
        .containsExactly(
            "prepare",
            "embed",
            "fit",
            "encode",
            "balance",
            "evaluate",
            "publish",
            "total",
            "wall",
            "attempts",
            "redone");
    assertThat(json.at("/wall/total").doubleValue()).isEqualTo(7.5);
    assertThat(Timings.read(timings.write())).isEqualTo(timings);
  }

  private static JsonNode parse(Report report) throws IOException {
    return new ObjectMapper().readTree(ReportJson.write(report));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
