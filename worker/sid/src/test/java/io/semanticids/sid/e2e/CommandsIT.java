package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command once, on texts: what it prints, what it writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsIT {
  private static final int ITEMS = 300;

  private Path folder;
  private Program program;
  private Published run;
  private Outcome outcome;

  @BeforeAll
  void inputs() throws IOException {
    folder = Work.folder("commands");
    program = Program.in(folder).brief();
    program
        .run("sample", "--items", "" + ITEMS, "--seed", "4", "--output", "items.jsonl")
        .succeeded();
    // The same items under other ids, as a test split: their codes are the rule's.
    List<String> lines = Files.readAllLines(folder.resolve("items.jsonl"));
    Work.write(
        folder.resolve("again.jsonl"),
        String.join("\n", lines).replace("{\"id\":\"", "{\"id\":\"again-") + "\n");
    outcome =
        program.run(
            "run",
            "items.jsonl",
            "--output",
            "out",
            "--json",
            "--set",
            "size=12,7",
            "--set",
            "uniform=true",
            "--set",
            "maxTokens=24",
            "--set",
            "group=group",
            "--set",
            "test=again.jsonl");
    run = Published.of(outcome);
  }

  @Test
  void jsonIsTheReport() throws IOException {
    assertThat(outcome.out()).isEqualTo(Files.readString(run.folder().resolve("report.json")));
    assertThat(outcome.json().at("/items/train").asInt()).isEqualTo(ITEMS);
  }

  @Test
  void figures() {
    try (Database database = new Database()) {
      Path items = folder.resolve("items.jsonl");
      String families =
          "SELECT id, \"group\" AS family FROM read_json(['%s', '%s'], format = 'newline_delimited', columns = {id: 'VARCHAR', \"group\": 'VARCHAR'})"
              .formatted(items, folder.resolve("again.jsonl"));
      int groups =
          database
              .numbers(
                  "SELECT count(DISTINCT \"group\") FROM read_json('%s', format = 'newline_delimited', columns = {\"group\": 'VARCHAR'})"
                      .formatted(items))
              .get(0)
              .intValue();
      assertThat(run.report().at("/items/groups").asInt()).isEqualTo(groups);
      new Figures(database, run, TextVectors.of(items, folder.resolve("out")), families).check();
    }
  }

  @Test
  void againFindsEverythingDone() {
    Outcome again =
        program.run(
            "run",
            "items.jsonl",
            "--output",
            "out",
            "--set",
            "size=12,7",
            "--set",
            "uniform=true",
            "--set",
            "maxTokens=24",
            "--set",
            "group=group",
            "--set",
            "test=again.jsonl");
    assertThat(Published.of(again).folder()).isEqualTo(run.folder());
    assertThat(again.out()).contains("300 items", "report.html");
  }

  @Test
  void reportPrintsTheFigures() throws IOException {
    Outcome text = program.run("report", run.folder().toString()).succeeded();
    assertThat(text.out())
        .contains("### 12x7", "Before balancing:", "After  balancing:", "total=300");
    Outcome json = program.run("report", "--json", run.folder().toString()).succeeded();
    assertThat(json.out()).isEqualTo(Files.readString(run.folder().resolve("report.json")));
  }

  /** New items with the texts of training items have the codes that the rule gives. */
  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "parquet"})
  void encodeFollowsTheRule(String format) throws IOException {
    program
        .run(
            "encode",
            "items.jsonl",
            "--codebook",
            run.folder().resolve("codebook").toString(),
            "--output",
            "encoded." + format)
        .succeeded();
    try (Database database = new Database()) {
      String read = format.equals("jsonl") ? "read_json" : "read_parquet";
      List<List<Object>> encoded =
          database.rows(
              "SELECT id, array_to_string(codes, ' ') FROM %s('%s')"
                  .formatted(read, folder.resolve("encoded." + format)));
      List<List<Object>> test = new ArrayList<>();
      int moved = 0;
      List<Published.Item> items = run.items(database);
      for (int row = 0; row < ITEMS; row++) {
        Published.Item item = items.get(ITEMS + row);
        assertThat(item.split()).isEqualTo("test");
        test.add(
            List.of(
                item.id().substring("again-".length()),
                String.join(" ", item.codes().stream().map(String::valueOf).toList())));
        moved += item.codes().get(0).equals(items.get(row).codes().get(0)) ? 0 : 1;
      }
      assertThat(encoded.stream().map(row -> List.of(row.get(0).toString(), row.get(1))))
          .isEqualTo(test);
      // Training items have other codes only where the exact repair moved them.
      assertThat(moved).isLessThanOrEqualTo(run.report().at("/levels/0/sinkhorn/moved").asInt());
    }
  }

  @Test
  void encodeRefusesAnotherKindOfInput() {
    Inputs.vectors(5, 384, 1).write(folder.resolve("wide.npy"));
    Outcome refused =
        program.run(
            "encode",
            "wide.npy",
            "--codebook",
            run.folder().resolve("codebook").toString(),
            "--output",
            "refused.jsonl");
    Refusal.check(refused, Refusal.INVALID, List.of("wide.npy", "vectors", "texts"));
    assertThat(folder.resolve("refused.jsonl")).doesNotExist();
  }

  /** Vectors of length 1, equal for equal texts; a run over them is one over the texts. */
  @Test
  void embedWritesVectors() throws IOException {
    program
        .run("embed", "items.jsonl", "--max-tokens", "24", "--output", "vectors.npy")
        .succeeded();
    Matrix vectors = Matrix.read(folder.resolve("vectors.npy"));
    assertThat(vectors.rows()).isEqualTo(ITEMS);
    assertThat(vectors.columns()).isEqualTo(384);
    Matrix kept = TextVectors.of(folder.resolve("items.jsonl"), folder.resolve("out"));
    for (int row = 0; row < ITEMS; row++) {
      double length = 0;
      for (int column = 0; column < vectors.columns(); column++) {
        length += vectors.at(row, column) * vectors.at(row, column);
        // A run keeps half precision.
        assertThat(kept.at(row, column)).isCloseTo(vectors.at(row, column), within(1e-3));
      }
      assertThat(length).isCloseTo(1, within(1e-5));
    }
    Outcome over = program.run("run", "vectors.npy", "--output", "over", "--set", "size=12,7");
    assertThat(Published.of(over).report().at("/items/train").asInt()).isEqualTo(ITEMS);
  }

  @Test
  void sampleIsAFunctionOfItsSeed() throws IOException {
    for (String file : List.of("a.jsonl", "b.jsonl", "c.jsonl.gz")) {
      program.run("sample", "--items", "50", "--seed", "9", "--output", file).succeeded();
    }
    assertThat(folder.resolve("a.jsonl")).hasSameBinaryContentAs(folder.resolve("b.jsonl"));
    for (String file : List.of("a.npy", "b.npy")) {
      program
          .run(
              "sample", "--vectors", "--items", "50", "--dim", "5", "--seed", "9", "--output", file)
          .succeeded();
    }
    assertThat(folder.resolve("a.npy")).hasSameBinaryContentAs(folder.resolve("b.npy"));
    assertThat(Matrix.read(folder.resolve("a.npy")).columns()).isEqualTo(5);
    try (Database database = new Database()) {
      assertThat(
              database.numbers(
                  "SELECT count(*), count(DISTINCT id) FROM read_json('%s')"
                      .formatted(folder.resolve("c.jsonl.gz"))))
          .containsExactly(50.0, 50.0);
    }
  }

  @Test
  void schemaIsJson() throws IOException {
    JsonNode schema = program.run("schema").succeeded().json();
    JsonNode request = new ObjectMapper().readTree(run.folder().resolve("request.json").toFile());
    assertThat(schema.path("properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(() -> request.path("request").fieldNames());
  }

  /** A request that a run has written down is a request: it gives the same run. */
  @Test
  void requestsCanBeRunAgain() throws IOException {
    JsonNode request = new ObjectMapper().readTree(run.folder().resolve("request.json").toFile());
    Work.write(folder.resolve("request.json"), request.path("request").toString());
    Outcome again = program.run("run", "--request", "request.json");
    assertThat(Published.of(again).folder()).isEqualTo(run.folder());
  }

  @Test
  void gcFindsNothingToDelete() {
    Outcome gc = program.run("gc", "out").succeeded();
    assertThat(gc.out()).contains("0 B can be deleted");
    assertThat(program.run("gc", "out", "--damaged").succeeded().out()).contains("0 B");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "run", "plan", "sweep", "worker", "start", "status", "report", "embed", "encode",
        "sample", "schema", "gc"
      })
  void help(String command) {
    Program brief = program;
    Outcome help = command.isEmpty() ? brief.run("--help") : brief.run(command, "--help");
    help.succeeded();
    assertThat(help.out()).contains("Usage: sid " + command);
    assertThat(help.err()).isEmpty();
    assertThat(help.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
  }

  @Test
  void version() {
    assertThat(program.run("--version").succeeded().out()).containsPattern("\\d+\\.\\d+");
  }
}
