package io.semanticids.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final String HOSTILE = "</script><script>alert('&\"x\")</script><img src=x>";

  @Test
  void textsOfItemsAreShownAndNeverRun() {
    ReportPage page =
        new ReportPage(
            HOSTILE,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            Fixtures.balanced(),
            Fixtures.page(Fixtures.balanced(), List.of()).loads(),
            List.of(
                new ReportPage.Collision(
                    "<a_1><b_2>", 7, List.of(new ReportPage.Member(HOSTILE, HOSTILE)))),
            List.of(HOSTILE));

    String html = html(page);

    assertThat(html)
        .doesNotContain("<script>alert")
        .doesNotContain("<img")
        .contains("&lt;script&gt;alert(")
        .contains("<code>&lt;a_1&gt;&lt;b_2&gt;</code>")
        .contains("and 6 more");
  }

  @Test
  void nothingIsLoaded() {
    String html = html(Fixtures.page(Fixtures.balanced(), List.of()));
    Matcher loads = Pattern.compile("(src|href|srcset)\\s*=\\s*[\"']|url\\(|@import").matcher(html);
    assertThat(loads.find()).isFalse();
    assertThat(html).contains("default-src 'none'").contains("Permission is hereby granted");
  }

  @Test
  void figuresStandInTables() {
    String html = html(Fixtures.page(Fixtures.balanced(), List.of()));
    assertThat(html.substring(0, html.indexOf("<script"))).doesNotContain("{{", "NaN", "null");
    assertThat(html)
        .contains("<td>25.00 %</td>", "<td>10.00 %</td>", "None: every training item")
        .contains("<th scope=\"row\">Training, after</th>", "Within one group")
        .contains("aria-label=\"Loads of level 2: 6 codes; items of each: 0 to 8 before, 5 after")
        .contains("[{\"before\":[0,0,0,0],\"after\":[0,0,0,0]},");
  }

  @Test
  void unbalancedRunsHaveNoAfter() {
    String html = html(Fixtures.page(Fixtures.unbalanced(), List.of()));
    assertThat(html)
        .contains("not balanced", "There are too few items to have neighbours.")
        .doesNotContain(", after</th>", "<caption>Balancing", "Within one group");
  }

  @Test
  void longTextsAreCutBetweenCharacters() {
    assertThat(Figures.cut("a\u0000 \n\t b", 10)).isEqualTo("a b");
    assertThat(Figures.cut("😀😀😀", 2)).isEqualTo("😀😀…");
    assertThat(Figures.cut("exactly", 7)).isEqualTo("exactly");
    assertThat(Figures.cut(" \u0007 ", 7)).isEmpty();
  }

  @Test
  void roundingNeverHidesACollision() {
    assertThat(Figures.percent(0)).isEqualTo("0.00 %");
    assertThat(Figures.percent(1)).isEqualTo("100.00 %");
    assertThat(Figures.percent(1e-9)).isEqualTo("< 0.01 %");
    assertThat(Figures.percent(0.999999)).isEqualTo("> 99.99 %");
    assertThat(Figures.significant(693.391, 5)).isEqualTo("693.39");
    assertThat(Figures.significant(0, 5)).isEqualTo("0");
    assertThat(Figures.significant(1234567.8, 3)).isEqualTo("1,230,000");
    assertThat(Figures.whole(54_513_856)).isEqualTo("54,513,856");
  }

  private static String html(ReportPage page) {
    return new String(page.html(), StandardCharsets.UTF_8);
  }
}
