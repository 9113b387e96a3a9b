package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Data that look like a mistake and are legal: they work, and a warning says what they mean. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DegenerateIT {
  private static final int COLUMNS = 8;

  private final Database database = new Database();
  private Path folder;

  @BeforeAll
  void inputs() {
    folder = Work.folder("degenerate");
    vectors("one", 1, 1);
    vectors("hundred", 100, 100);
    vectors("equal", 300, 1);
    vectors("half", 400, 200);
    new Matrix(50, COLUMNS, new double[50 * COLUMNS]).write(folder.resolve("zero.npy"));
    Inputs.vectors(50, 1, 5).write(folder.resolve("narrow.npy"));
  }

  @AfterAll
  void close() {
    database.close();
  }

  /** Some rows, so many of them different: the first ones come again and again. */
  private void vectors(String name, int rows, int different) {
    Matrix some = Inputs.vectors(different, COLUMNS, rows);
    double[] values = new double[rows * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = some.values()[i % some.values().length];
    }
    new Matrix(rows, COLUMNS, values).write(folder.resolve(name + ".npy"));
  }

  static Stream<Arguments> data() {
    return Stream.of(
        arguments("one", List.of("uniform=true"), "one training row"),
        arguments("one", List.of("uniform=true", "scope=prefix"), "one training row"),
        arguments("hundred", List.of(), "more codes"),
        arguments("hundred", List.of("uniform=true"), "more codes"),
        arguments("hundred", List.of("uniform=true", "scope=last"), "more codes"),
        arguments("hundred", List.of("uniform=true", "scope=prefix"), "more codes"),
        arguments("equal", List.of("size=8"), "vectors are equal"),
        arguments("equal", List.of("size=8", "uniform=true"), "vectors are equal"),
        arguments(
            "equal", List.of("size=8,5", "uniform=true", "scope=prefix"), "vectors are equal"),
        arguments("half", List.of("size=8,16", "uniform=true"), "only 200 of 400"),
        arguments("half", List.of("size=8,16", "uniform=true", "scope=last"), "only 200 of 400"),
        arguments("zero", List.of("size=4", "uniform=true"), "vectors are equal"),
        arguments("zero", List.of("size=4", "normalize=true"), "vectors are equal"),
        arguments("narrow", List.of("size=7", "uniform=true"), ""),
        arguments("hundred", List.of("size=1,1", "uniform=true"), ""));
  }

  @ParameterizedTest
  @MethodSource("data")
  void works(String name, List<String> settings, String warning) {
    String output = "out-%s-%s".formatted(name, String.join("-", settings).replace('=', '-'));
    List<String> command = new ArrayList<>(List.of("run", name + ".npy", "--output", output));
    settings.forEach(setting -> command.addAll(List.of("--set", setting)));
    Outcome outcome = Program.in(folder).brief().run(command.toArray(String[]::new));
    Published run = Published.of(outcome);
    warns(outcome, warning);
    String scope =
        settings.stream()
            .filter(setting -> setting.startsWith("scope="))
            .map(setting -> setting.substring("scope=".length()))
            .findFirst()
            .orElse("level");
    try (Database own = new Database()) {
      new Figures(own, run, Matrix.read(folder.resolve(name + ".npy")), null).check();
      Loads.check(own, run, scope);
    }
  }

  /** On stderr and in the page for people. */
  private static void warns(Outcome outcome, String warning) {
    List<String> warnings =
        outcome.err().lines().filter(line -> line.startsWith("warning: ")).toList();
    System.out.println(String.join(" ", outcome.command().subList(1, outcome.command().size())));
    warnings.forEach(System.out::println);
    assertThat(warnings).doesNotHaveDuplicates();
    if (!warning.isEmpty()) {
      assertThat(String.join("\n", warnings).toLowerCase(Locale.ROOT))
          .as("warnings of %s", outcome)
          .contains(warning);
    }
    assertThat(outcome.out()).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void oneText() {
    Work.write(folder.resolve("one.jsonl"), Inputs.item(0) + "\n");
    Outcome outcome =
        Program.in(folder)
            .brief()
            .run("run", "one.jsonl", "--set", "uniform=true", "--output", "out");
    warns(outcome, "one training row");
    assertThat(Published.of(outcome).report().at("/paths/after/unique").asInt()).isOne();
  }

  /** No text, very long text, control characters, text outside the first plane, half a pair. */
  @Test
  void strangeTexts() {
    String title = "{\"id\": \"%s\", \"title\": \"%s\"}";
    Work.write(
        folder.resolve("strange.jsonl"),
        String.join(
            "\n",
            title.formatted("empty", ""),
            title.formatted("blank", "   "),
            "{\"id\": \"none\", \"title\": null}",
            title.formatted("long", "word ".repeat(60_000)),
            title.formatted("control", "a\\u0000b\\u0007\\u001bc\\td"),
            title.formatted(
                "emoji", "\uD83D\uDE00 \u6C34 \u0627\u0644\u0639\u0631\u0628\u064A\u0629"),
            title.formatted("half", "\\ud83d alone"),
            title.formatted("\u00fc/\u00b6 \\\"quoted\\\"", "an id that needs quotes"),
            title.formatted("<b>&amp;", "</script><script>alert(1)</script>"),
            ""));
    Outcome outcome =
        Program.in(folder)
            .brief()
            .run(
                "run",
                "strange.jsonl",
                "--set",
                "size=2",
                "--set",
                "uniform=true",
                "--output",
                "out");
    Published run = Published.of(outcome);
    warns(outcome, "");
    List<String> ids = run.items(database).stream().map(Published.Item::id).toList();
    assertThat(ids)
        .containsExactly(
            "empty",
            "blank",
            "none",
            "long",
            "control",
            "emoji",
            "half",
            "\u00fc/\u00b6 \"quoted\"",
            "<b>&amp;");
    assertThat(run.json("index.json").fieldNames()).toIterable().containsExactlyElementsOf(ids);
    assertThat(String.join("\n", run.lines("report.html"))).doesNotContain("<script>alert");
  }

  /** Test items under the same codebook and potentials; the training items do not notice them. */
  @ParameterizedTest
  @MethodSource("scopes")
  void testSplit(String scope) {
    Inputs.vectors(1_000, COLUMNS, 3).write(folder.resolve("train.npy"));
    Inputs.vectors(1_100, COLUMNS, 3).write(folder.resolve("more.npy"));
    Matrix more = Matrix.read(folder.resolve("more.npy"));
    String output = "split-" + scope;
    List<String> command = new ArrayList<>(List.of("run", "train.npy", "--output", output));
    for (String setting : List.of("size=12,9", "uniform=true", "scope=" + scope, "test=more.npy")) {
      command.addAll(List.of("--set", setting));
    }
    Program program = Program.in(folder).brief();
    Published run = Published.of(program.run(command.toArray(String[]::new)));
    Figures figures = new Figures(database, run, Matrix.read(folder.resolve("train.npy")), null);
    figures.check();
    Loads.check(database, run, scope);
    // Under the rule no other code is better; of equally good ones it takes one for all.
    List<List<Integer>> test = figures.codes("test");
    Codebook codebook = Codebook.of(run, "codebook");
    for (int level = 1; level <= 2; level++) {
      assertThat(codebook.costs(more, test, level).worse()).as("level %d", level).isZero();
    }

    program
        .run(
            "encode",
            "more.npy",
            "--codebook",
            run.folder().resolve("codebook").toString(),
            "--output",
            "encoded.parquet")
        .succeeded();
    assertThat(
            database
                .rows(
                    "SELECT array_to_string(codes, ' ') FROM read_parquet('%s')"
                        .formatted(folder.resolve("encoded.parquet")))
                .stream()
                .map(row -> row.get(0)))
        .isEqualTo(
            test.stream()
                .map(path -> String.join(" ", path.stream().map(String::valueOf).toList()))
                .toList());

    List<String> alone = command.subList(0, command.size() - 2);
    alone.set(alone.indexOf(output), output + "-alone");
    Published without = Published.of(program.run(alone.toArray(String[]::new)));
    assertThat(figures.codes("train"))
        .isEqualTo(without.items(database).stream().map(Published.Item::codes).toList());
    assertThat(run.report().path("levels")).isEqualTo(without.report().path("levels"));
    assertThat(Files.exists(folder.resolve("encoded.parquet"))).isTrue();
  }

  static List<String> scopes() {
    return List.of("level", "last", "prefix");
  }
}
