package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every figure of runs over small vectors, computed again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiguresIT {
  private static final int ITEMS = 1_500;

  private final Database database = new Database();
  private Path folder;
  private Matrix vectors;

  @BeforeAll
  void inputs() {
    folder = Work.folder("figures");
    Program.in(folder)
        .brief()
        .run("sample", "--vectors", "--items", "" + ITEMS, "--dim", "24", "--output", "items.npy")
        .succeeded();
    vectors = Matrix.read(folder.resolve("items.npy"));
    assertThat(vectors.rows()).isEqualTo(ITEMS);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "level,true,true,15;11;4",
    "level,true,false,15;11;4",
    "level,false,true,15;11;4",
    "level,false;false;true,true,15;11;4",
    "last,true,true,15;11;4",
    "last,false;true,true,30;7",
    "prefix,true,true,15;11;4",
    "prefix,true,false,16;16",
  })
  void areThoseOfTheData(String scope, String uniform, String refit, String size) {
    Published run =
        Published.of(
            Program.in(folder)
                .brief()
                .run(
                    "run",
                    "items.npy",
                    "--set",
                    "scope=" + scope,
                    "--set",
                    "uniform=" + uniform.replace(';', ','),
                    "--set",
                    "refit=" + refit,
                    "--set",
                    "size=" + size.replace(';', ',')));
    new Figures(database, run, vectors, null).check();
    neighbours(run);
    Loads.check(database, run, scope);
  }

  /** All items are queries here. */
  private void neighbours(Published run) {
    JsonNode figures = run.report().path("neighbours");
    assertThat(figures.path("queries").asInt()).isEqualTo(ITEMS);
    int k = figures.path("k").asInt();
    assertThat(k).isEqualTo(10);
    boolean balanced = figures.has("after");
    List<List<Integer>> paths = run.items(database).stream().map(Published.Item::codes).toList();
    int levels = paths.get(0).size();
    double[] shared = new double[levels];
    for (int query = 0; query < ITEMS; query++) {
      for (int neighbour : nearest(query, k)) {
        for (int level = 0;
            level < levels && paths.get(query).get(level).equals(paths.get(neighbour).get(level));
            level++) {
          shared[level] += 1.0 / ITEMS / k;
        }
      }
    }
    for (int level = 0; level < levels; level++) {
      // Neighbours at equal distance may be others.
      assertThat(figures.path(balanced ? "after" : "before").get(level).asDouble())
          .as("neighbours that share %d codes", level + 1)
          .isCloseTo(shared[level], within(0.01));
    }
  }

  private List<Integer> nearest(int query, int k) {
    double[] distances = new double[ITEMS];
    for (int row = 0; row < ITEMS; row++) {
      for (int column = 0; column < vectors.columns(); column++) {
        double difference = vectors.at(query, column) - vectors.at(row, column);
        distances[row] += difference * difference;
      }
    }
    List<Integer> rows = new ArrayList<>(IntStream.range(0, ITEMS).boxed().toList());
    rows.remove(query);
    rows.sort((a, b) -> Double.compare(distances[a], distances[b]));
    return rows.subList(0, k);
  }
}
