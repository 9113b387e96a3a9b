package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The 3,459 real products, embedded once for all of these runs: they share an output folder.
 * Figures are printed for the record.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficeProductsIT {
  private static final Path PRODUCTS =
      Path.of("../../../shared/data/office-products.jsonl").toAbsolutePath().normalize();

  private static final int ITEMS = 3_459;

  private final Database database = new Database();
  private final Map<String, Published> runs = new TreeMap<>();
  private Path folder;
  private Program program;
  private Matrix vectors;
  private Map<String, String> embedded;

  @BeforeAll
  void embed() {
    assumeTrue(Files.exists(PRODUCTS), "there is no " + PRODUCTS);
    folder = Work.folder("office");
    program = Program.in(folder);
    Outcome first = program.run(command("size=64", "uniform=true"));
    Published run = Published.of(first);
    runs.put("size=64 uniform=true", run);
    System.out.printf(
        "size=64 uniform=true, embedding included: %.1f s, stages %s%n%s%n",
        first.time().toMillis() / 1e3, run.json("timings.json"), first.out());
    assertThat(run.json("timings.json").path("embed").asDouble()).isPositive();
    vectors = TextVectors.of(PRODUCTS, folder.resolve("out"));
    embedded = Work.content(folder.resolve("out/artifacts/embed"));
  }

  @AfterAll
  void close() {
    database.close();
  }

  private static String[] command(String... settings) {
    List<String> command = new ArrayList<>(List.of("run", PRODUCTS.toString(), "--output", "out"));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    return command.toArray(String[]::new);
  }

  /** A run with these settings, made once; nothing is embedded for it. */
  private Published run(String... settings) {
    return runs.computeIfAbsent(
        String.join(" ", settings),
        name -> {
          Outcome outcome = program.run(command(settings));
          Published run = Published.of(outcome);
          assertThat(run.json("timings.json").path("embed").asDouble()).isZero();
          assertThat(Work.content(folder.resolve("out/artifacts/embed"))).isEqualTo(embedded);
          System.out.printf(
              "%s: %.1f s%n%s%n", name, outcome.time().toMillis() / 1e3, outcome.out());
          return run;
        });
  }

  @Test
  void loadsAre54Or55() {
    Published run = run("size=64", "uniform=true");
    new Figures(database, run, vectors, null).check();
    assertThat(run.report().path("levels")).hasSize(3);
    for (int level = 1; level <= 3; level++) {
      assertThat(
              database.rows(
                  "SELECT load, count(*) FROM (SELECT count(*) AS load FROM %s GROUP BY codes[%d]) GROUP BY load ORDER BY load"
                      .formatted(run.table(), level)))
          .as("loads of level %d", level)
          // 64 x 54 = 3,456: three codes hold one more.
          .isEqualTo(List.of(List.of(54L, 61L), List.of(55L, 3L)));
    }
  }

  @Test
  void beforeIsTheUnbalancedRun() {
    Published plain = run("size=64", "uniform=false");
    new Figures(database, plain, vectors, null).check();
    JsonNode balanced = run("size=64", "uniform=true").report();
    for (int level = 0; level < 3; level++) {
      assertThat(balanced.path("levels").get(level).path("before"))
          .isEqualTo(plain.report().path("levels").get(level).path("before"));
    }
    assertThat(balanced.path("paths").path("before"))
        .isEqualTo(plain.report().path("paths").path("before"));
    assertThat(plain.report().path("levels").get(0).has("sinkhorn")).isFalse();
  }

  @Test
  void allFilesSayTheSame() throws Exception {
    Published run = run("size=64", "uniform=true");
    List<Published.Item> items = run.items(database);
    assertThat(items).hasSize(ITEMS);
    assertThat(
            database.rows("DESCRIBE SELECT * FROM " + run.table()).stream()
                .map(row -> row.get(0) + " " + row.get(1)))
        .containsExactly("id VARCHAR", "split VARCHAR", "codes INTEGER[]", "semantic_id VARCHAR");
    // Row order is the catalogue's.
    assertThat(items.stream().map(Published.Item::id))
        .isEqualTo(
            database
                .rows(
                    "SELECT id::VARCHAR FROM read_json('%s', format = 'newline_delimited', columns = {id: 'VARCHAR'})"
                        .formatted(PRODUCTS))
                .stream()
                .map(row -> row.get(0))
                .toList());
    List<String> lines = run.lines("semantic-ids.jsonl");
    JsonNode index = run.json("index.json");
    assertThat(index).hasSize(ITEMS);
    for (int row = 0; row < ITEMS; row++) {
      Published.Item item = items.get(row);
      List<Integer> codes = item.codes();
      List<String> tokens =
          List.of(
              "<a_" + codes.get(0) + ">", "<b_" + codes.get(1) + ">", "<c_" + codes.get(2) + ">");
      assertThat(item.split()).isEqualTo("train");
      assertThat(item.semanticId()).isEqualTo(String.join("", tokens));
      assertThat(lines.get(row))
          .isEqualTo(
              "{\"id\":\"%s\",\"codes\":%s,\"semanticId\":\"%s\"}"
                  .formatted(item.id(), codes.toString().replace(" ", ""), item.semanticId()));
      assertThat(index.path(item.id())).extracting(JsonNode::asText).isEqualTo(tokens);
    }
    assertThat(lines).hasSize(ITEMS);
  }

  @Test
  void lastLevelInsideEachPrefix() {
    Published run = run("size=100,48,30", "uniform=true", "scope=last");
    new Figures(database, run, vectors, null).check();
    Loads.check(database, run, "last");
    assertThat(rate(run, "after")).isLessThan(rate(run, "before"));
  }

  /** Enough paths for all: every product has its own, although 15 texts occur twice. */
  @Test
  void prefixReachesTheFloor() {
    Published run = run("size=100,48,30", "uniform=true", "scope=prefix");
    new Figures(database, run, vectors, null).check();
    Loads.check(database, run, "prefix");
    assertThat(run.report().at("/floors/pigeonhole").asDouble()).isZero();
    assertThat(run.report().at("/floors/duplicates").asDouble())
        .isGreaterThanOrEqualTo(15.0 / ITEMS);
    assertThat(rate(run, "after")).isZero();
    assertThat(run.report().at("/paths/after/unique").asInt()).isEqualTo(ITEMS);
    assertThat(run.items(database).stream().map(Published.Item::semanticId).distinct())
        .hasSize(ITEMS);
  }

  /** The same where there are fewer paths than products. */
  @Test
  void prefixReachesTheFloorAboveZero() {
    Published run = run("size=12,10,8", "uniform=true", "scope=prefix");
    new Figures(database, run, vectors, null).check();
    Loads.check(database, run, "prefix");
    assertThat(rate(run, "after")).isCloseTo(1 - 960.0 / ITEMS, within(1e-12));
    assertThat(rate(run, "after")).isEqualTo(run.report().at("/floors/pigeonhole").asDouble());
  }

  @Test
  void unbalanced() {
    Published run = run("size=100,48,30", "uniform=false");
    new Figures(database, run, vectors, null).check();
    assertThat(rate(run, "before")).isGreaterThan(run.report().at("/floors/duplicates").asDouble());
  }

  @Test
  void refittedCentroidsAreNearer() {
    Map<String, Double> errors = new HashMap<>();
    double unbalanced = error(run("size=100,48,30", "uniform=false"), "before");
    for (String refit : List.of("true", "false")) {
      Published run = run("size=100,48,30", "uniform=true", "refit=" + refit);
      new Figures(database, run, vectors, null).check();
      Loads.check(database, run, "level");
      errors.put(refit, error(run, "after"));
    }
    System.out.printf(
        "relative error after level 3: unbalanced %.4f, refit=true %.4f (%+.1f %%), refit=false %.4f (%+.1f %%)%n",
        unbalanced,
        errors.get("true"),
        100 * (errors.get("true") / unbalanced - 1),
        errors.get("false"),
        100 * (errors.get("false") / unbalanced - 1));
    assertThat(errors.get("true")).isLessThan(errors.get("false"));
  }

  @Test
  void collisionsBesideTheFloors() {
    String header = "collision rates, size=100,48,30: ";
    System.out.println(
        List.of("level", "last", "prefix").stream()
            .map(
                scope -> {
                  Published run =
                      scope.equals("level")
                          ? run("size=100,48,30", "uniform=true", "refit=true")
                          : run("size=100,48,30", "uniform=true", "scope=" + scope);
                  return "%s %.4f (error %.3f)"
                      .formatted(scope, rate(run, "after"), error(run, "after"));
                })
            .collect(
                Collectors.joining(
                    ", ",
                    header
                        + "unbalanced %.4f, "
                            .formatted(rate(run("size=100,48,30", "uniform=false"), "before")),
                    "; floors " + run("size=100,48,30", "uniform=false").report().path("floors"))));
  }

  private static double rate(Published run, String which) {
    return run.report().path("paths").path(which).path("collisionRate").asDouble();
  }

  private static double error(Published run, String which) {
    JsonNode levels = run.report().path("levels");
    return levels.get(levels.size() - 1).path(which).path("relativeError").asDouble();
  }
}
