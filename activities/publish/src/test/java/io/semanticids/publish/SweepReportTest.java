package io.semanticids.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SweepReportTest {
  private static final String HOSTILE = "</title><script>alert('&\"x\")</script><img src=x>";

  private static SweepReport.Entry entry(String label, double excess, double error, double share) {
    return new SweepReport.Entry(
        "run-" + label,
        label,
        JsonNodeFactory.instance.objectNode().put("size", label),
        0.25 + excess,
        0.25,
        excess,
        error,
        List.of(share, share / 2),
        10,
        20,
        false);
  }

  private static List<Boolean> front(SweepReport.Entry... entries) {
    return SweepReport.of("s", "d", List.of(entries)).runs().stream()
        .map(SweepReport.Entry::pareto)
        .toList();
  }

  @Test
  void theFrontIsWhatNoOtherBeats() {
    assertThat(
            front(
                entry("cheap", 0.5, 0.1, 0.5),
                entry("even", 0.0, 0.3, 0.5),
                entry("worse than even", 0.1, 0.3, 0.5),
                entry("near", 0.6, 0.4, 0.9)))
        .containsExactly(true, true, false, true);
  }

  @Test
  void equalRunsStandTogether() {
    assertThat(front(entry("a", 0.1, 0.2, 0.3), entry("b", 0.1, 0.2, 0.3)))
        .containsExactly(true, true);
  }

  @Test
  void figuresAreThoseAfterBalancingWhereThereAreAny() {
    JsonNode settings = JsonNodeFactory.instance.objectNode();
    SweepReport.Entry after = SweepReport.entry("r", "l", settings, Fixtures.balanced());
    assertThat(after.collisionRate()).isEqualTo(0.1);
    assertThat(after.excess()).isEqualTo(0.1);
    assertThat(after.relativeError()).isEqualTo(0.625);
    assertThat(after.neighbours()).containsExactly(0.4, 0.2);
    assertThat(after.maxLoad()).isEqualTo(5);
    SweepReport.Entry plain = SweepReport.entry("r", "l", settings, Fixtures.unbalanced());
    assertThat(plain.relativeError()).isZero();
    assertThat(plain.neighbours()).containsExactly(0.0);
  }

  @Test
  void thePageLoadsAndRunsNothing() {
    SweepReport report =
        SweepReport.of(
            HOSTILE, HOSTILE, List.of(entry(HOSTILE, 0.1, 0.2, 0.3), entry("b", 0.2, 0.1, 1)));
    String html = new String(report.html(), StandardCharsets.UTF_8);
    assertThat(
            Pattern.compile("(src|href|srcset)\\s*=\\s*[\"'][^#]|url\\(|@import")
                .matcher(html)
                .find())
        .isFalse();
    assertThat(html)
        .contains("default-src 'none'", "&lt;script&gt;")
        .doesNotContain("<script", "<img", "{{", "NaN", "null");
    assertThat(html.split("<circle", -1)).hasSize(3);
    assertThat(html).contains("<td>35.00 %</td><td>25.00 %</td><td>10.00 %</td><td>0.2000</td>");
  }

  @Test
  void oneRunIsDrawnToo() {
    String html =
        new String(
            SweepReport.of("s", "d", List.of(entry("a", 0, 0, 0))).html(), StandardCharsets.UTF_8);
    assertThat(html).contains("<circle").doesNotContain("NaN", "Infinity");
  }

  @Test
  void theSameRunsGiveTheSameBytes() throws IOException {
    SweepReport report = SweepReport.of("s", "d", List.of(entry("a", 0.1, 0.2, 0.3)));
    JsonNode json = Json.MAPPER.readTree(report.json());
    assertThat(json.path("runs").path(0).path("pareto").asBoolean()).isTrue();
    assertThat(json.path("runs").path(0).path("settings").path("size").asText()).isEqualTo("a");
    assertThat(report.json())
        .isEqualTo(SweepReport.of("s", "d", List.of(entry("a", 0.1, 0.2, 0.3))).json());
  }
}
