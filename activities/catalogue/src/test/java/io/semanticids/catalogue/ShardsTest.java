package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.semanticids.store.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where rows are cut changes nothing about them. */
class ShardsTest {
  private static final CatalogueFields FIELDS =
      Workbench.named("id", "group", "title", "description");

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new Workbench(folder);
    SampleCatalogue.write(700, 1, bench.path("train.jsonl"));
    SampleCatalogue.write(50, 2, bench.path("test.jsonl"));
    String moved = Files.readString(bench.path("test.jsonl")).replace("{\"id\":\"", "{\"id\":\"t");
    Files.writeString(bench.path("test.jsonl"), moved);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50, 512, 700, 1_000_000})
  void cutsChangeNothing(int shardRows) {
    Rows expected = new Rows();
    Prepared once = bench.prepare("train.jsonl", "test.jsonl", FIELDS, 64, expected);
    Rows rows = new Rows();
    Prepared again = bench.prepare("train.jsonl", "test.jsonl", FIELDS, shardRows, rows);
    assertThat(rows.all()).isEqualTo(expected.all());
    assertThat(again).isEqualTo(once);
    assertThat(rows.shards()).isEqualTo(sizes(shardRows));
    assertThat(rows.all().stream().filter(Rows.Row::test)).hasSize(50);
    assertThat(once.trainRows()).isEqualTo(700);
    assertThat(once.testRows()).isEqualTo(50);
    assertThat(once.distinct()).isEqualTo(expected.texts().stream().distinct().count());
  }

  @Test
  void progressCountsRows() {
    List<Long> progress = new ArrayList<>();
    bench
        .catalogues()
        .prepare(bench.at("train.jsonl"), null, FIELDS, 64, shard -> {}, progress::add);
    assertThat(progress.stream().mapToLong(Long::longValue).sum()).isEqualTo(700);
  }

  @Test
  void realProductsAreReadWhole() {
    Path products = shared("data/office-products.jsonl");
    assumeThat(products).as("the shared data beside the repository").isNotNull();
    Workbench real = new Workbench(folder, products.getParent());
    Rows rows = new Rows();
    Prepared prepared =
        real.catalogues()
            .prepare(
                Location.parse(products.toString()), null, Workbench.DEFAULTS, 512, rows, n -> {});
    assertThat(prepared.trainRows()).isEqualTo(3459);
    assertThat(prepared.distinct()).isEqualTo(3444);
    assertThat(rows.texts().stream().distinct()).hasSize(3444);
    assertThat(prepared.warnings()).isEmpty();
  }

  private static List<Integer> sizes(int shardRows) {
    List<Integer> sizes = new ArrayList<>();
    for (int rows : new int[] {700, 50}) {
      for (int first = 0; first < rows; first += shardRows) {
        sizes.add(Math.min(shardRows, rows - first));
      }
    }
    return sizes;
  }

  /** A file below {@code ../shared} of the repository; null where there is none. */
  private static Path shared(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("shared").resolve(name))) {
        return at.resolve("shared").resolve(name);
      }
    }
    return null;
  }
}
