package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with rows is found in one pass and told with its place. */
class ProblemsTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = new Workbench(folder);
  }

  @Test
  void malformedLinesAreAllFound() {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 5000; i++) {
      lines.append(
          i == 3212
              ? "{\"id\": 3212, \"title\": oops}\n"
              : "{\"id\": " + i + ", \"title\": \"t\"}\n");
    }
    lines.append("[1]\n{} {}\n\n{\"id\": \"a\", \"id\": \"b\"}\n{\"id\": 7");
    bench.file("bad.jsonl", lines.toString());
    CatalogueException refused = bench.refused("bad.jsonl", Workbench.DEFAULTS);
    assertThat(refused.problems())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("bad.jsonl, line 3212 is not JSON: "),
            second -> assertThat(second).startsWith("bad.jsonl, line 5001 is not a JSON object."),
            third -> assertThat(third).startsWith("bad.jsonl, line 5002 has more after"),
            fourth ->
                assertThat(fourth).startsWith("bad.jsonl, line 5004 has the field \"id\" twice"),
            fifth -> assertThat(fifth).startsWith("bad.jsonl, line 5005 is not JSON: "));
    assertThat(refused.count()).isEqualTo(5);
  }

  @Test
  void aListThatIsMalformedIsReadUpToThere() {
    bench.file(
        "bad.json", "[\n{\"id\": 1, \"title\": \"t\"},\n7,\n{\"id\": 2, \"title\" \"t\"}\n]");
    assertThat(bench.refused("bad.json", Workbench.DEFAULTS).problems())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("bad.json, line 3 has a value that is not"),
            second ->
                assertThat(second)
                    .startsWith("bad.json, line 4 is not JSON: ")
                    .endsWith("The rest of this file was not read."));
  }

  @Test
  void csvProblemsNameLines() {
    bench.file(
        "bad.csv",
        "id,title\n1,\"two\nlines\"\n2\n3,a,b\n4,\"x\" y\n\n5,fine\n6,\"never closed\n7,z\n");
    assertThat(bench.refused("bad.csv", Workbench.DEFAULTS).problems())
        .satisfiesExactly(
            first ->
                assertThat(first).startsWith("bad.csv, line 4 has 1 cells, but the header has 2"),
            second -> assertThat(second).startsWith("bad.csv, line 5 has 3 cells"),
            third -> assertThat(third).startsWith("bad.csv, line 6 goes on after a closing quote"),
            fourth -> assertThat(fourth).startsWith("bad.csv, line 9 opens a quote that is never"));
    bench.file("latin.csv", "id,title\n1,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(bench.refused("latin.csv", Workbench.DEFAULTS))
        .hasMessageContaining("is not UTF-8. Save it as UTF-8.");
  }

  @Test
  void jsonIsUtf8WithOrWithoutAMark() {
    String row = "{\"id\": 1, \"title\": \"caf\u00e9\"}\n";
    bench.file("mark.jsonl", "\ufeff" + row).file("mark.json", "\ufeff" + row);
    assertThat(bench.read("mark.jsonl").texts()).containsExactly("caf\u00e9");
    assertThat(bench.read("mark.json").texts()).containsExactly("caf\u00e9");
    bench.file("latin.jsonl", row.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(bench.refused("latin.jsonl", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("latin.jsonl, line 1 is not JSON", "UTF-8");
  }

  @Test
  void csvLinesEndInAnyOfThreeWaysAndMayBeEmpty() {
    bench.file("a.csv", "id,title\r1,\"a\rb\"\r\r2,\"c\"\"d\"\r\n3,e\"f\n\n4,last");
    Rows rows = bench.read("a.csv");
    assertThat(rows.ids()).containsExactly("1", "2", "3", "4");
    assertThat(rows.texts()).containsExactly("a\rb", "c\"d", "e\"f", "last");
    bench.file("one.csv", "title\n\nx\n\n");
    assertThat(bench.read("one.csv").texts()).containsExactly("x");
    bench.file("twice.csv", "id,title,title\n1,a,b\n");
    assertThat(bench.refused("twice.csv", Workbench.DEFAULTS))
        .hasMessageContaining("has two columns \"title\"");
  }

  @Test
  void equalIdsNameBothPlaces() {
    bench.file("items/a.jsonl", "\n{\"id\": 7, \"title\": \"x\"}\n{\"id\": 8, \"title\": \"x\"}\n");
    bench.file("items/b.csv", "id,title\n9,\"a\nb\"\n7,y\n");
    bench.parquet("more.parquet", "SELECT unnest(['10', '9', '8']) AS id, 'x' AS title");
    assertThat(bench.refused("items", "more.parquet", Workbench.DEFAULTS).problems())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .contains("id \"7\" is at a.jsonl, line 2 and again at b.csv, line 4"),
            second ->
                assertThat(second)
                    .contains("id \"9\" is at b.csv, line 2 and again at more.parquet, row 2"),
            third ->
                assertThat(third)
                    .contains("id \"8\" is at a.jsonl, line 3 and again at more.parquet, row 3"));
  }

  @Test
  void aNumberAndItsDigitsAreTheSameId() {
    bench.file("a.jsonl", "{\"id\": 7, \"title\": \"x\"}\n{\"id\": \"7\", \"title\": \"y\"}\n");
    assertThat(bench.refused("a.jsonl", Workbench.DEFAULTS))
        .hasMessageContaining("a.jsonl, line 2");
  }

  @Test
  void theFirstTwentyAreTold() {
    bench.file("a.jsonl", "{\"id\": 1, \"title\": \"x\"}\n".repeat(101));
    CatalogueException refused = bench.refused("a.jsonl", Workbench.DEFAULTS);
    assertThat(refused.count()).isEqualTo(100);
    assertThat(refused.problems()).hasSize(20);
    assertThat(refused).hasMessageEndingWith("… and 80 more problems.");
  }

  @Test
  void idsAreAllThereOrNone() {
    bench.file(
        "some.jsonl",
        """
        {"title": "x"}
        {"id": 1, "title": "x"}
        {"id": null, "title": "x"}
        {"id": "", "title": "x"}
        {"id": [1], "title": "x"}
        """);
    assertThat(bench.refused("some.jsonl", Workbench.DEFAULTS).problems())
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem).startsWith("some.jsonl, line 1 has no value in the field"),
            problem -> assertThat(problem).startsWith("some.jsonl, line 3 has no value"),
            problem -> assertThat(problem).startsWith("some.jsonl, line 4 has no value"),
            problem -> assertThat(problem).startsWith("some.jsonl, line 5 has the id 1. An id is"));

    bench.file("none.jsonl", "{\"title\": \"x\"}\n{\"title\": \"y\"}\n");
    bench.file("test.jsonl", "{\"title\": \"z\"}\n");
    Rows rows = new Rows();
    bench.prepare("none.jsonl", "test.jsonl", Workbench.DEFAULTS, 4, rows);
    assertThat(rows.ids()).containsExactly("0", "1", "2");

    bench.file("with.jsonl", "{\"id\": \"a\", \"title\": \"x\"}\n");
    assertThat(bench.refused("with.jsonl", "none.jsonl", Workbench.DEFAULTS))
        .hasMessageContaining("The training rows have ids (field \"id\"), the test rows have none");
  }

  @Test
  void fieldsThatWereNamedMustExist() {
    bench.file("a.jsonl", "{\"sku\": 1, \"titel\": \"x\", \"brand\": null}\n");
    assertThat(bench.refused("a.jsonl", Workbench.named("skuu", "brand", "title")).problems())
        .satisfiesExactly(
            id -> assertThat(id).contains("has no field \"skuu\". Did you mean \"sku\"?"),
            title ->
                assertThat(title)
                    .contains(
                        "has no field \"title\". Did you mean \"titel\"? The fields are sku, titel, brand."),
            group -> assertThat(group).contains("The field \"brand\"", "is null in all 1 rows"));
  }

  @Test
  void defaultsThatAreMissingAreSkippedUnlessNoTextIsLeft() {
    bench.file("a.jsonl", "{\"id\": 1, \"description\": \"x\"}\n");
    assertThat(bench.read("a.jsonl").texts()).containsExactly("x");
    bench.file("b.jsonl", "{\"id\": 1, \"name\": \"x\"}\n");
    assertThat(bench.refused("b.jsonl", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("has no text: none of its 1 rows has a value in title or description", "name");
    CatalogueFields some =
        new CatalogueFields("id", List.of("title", "name"), "\n", null, Set.of("title", "id"));
    assertThat(bench.read("b.jsonl", some).texts()).containsExactly("x");
  }

  @Test
  void inspectFindsMissingFieldsOfAWholeFile() {
    bench.parquet("a.parquet", "SELECT 1 AS id, 'x' AS name");
    try {
      bench.catalogues().inspect(bench.at("a.parquet"), Workbench.named("id", null, "title"));
    } catch (CatalogueException e) {
      assertThat(e).hasMessageContaining("has no field \"title\".");
      return;
    }
    throw new AssertionError("The missing field was not found.");
  }

  @Test
  void warningsSayWhatDegenerateCataloguesMean() {
    bench.file("one.jsonl", "{\"id\": 1, \"title\": \"x\"}\n");
    assertThat(bench.prepare("one.jsonl", Workbench.DEFAULTS).warnings())
        .singleElement()
        .asString()
        .contains("one training row");
    bench.file("same.csv", "id,title\n1,x\n2,x\n3,x\n");
    assertThat(bench.prepare("same.csv", Workbench.DEFAULTS).warnings())
        .singleElement()
        .asString()
        .contains("All 3 rows have the same text");
    bench.file("half.csv", "id,title\n1,x\n2,x\n3,y\n4,y\n");
    assertThat(bench.prepare("half.csv", Workbench.DEFAULTS).warnings())
        .singleElement()
        .asString()
        .contains("Only 2 of 4 texts are distinct");
  }
}
