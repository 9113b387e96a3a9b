package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many rows a catalogue has, told without reading it through. */
class CatalogueSizeTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = new Workbench(folder);
  }

  private CatalogueSize size(String name) {
    return bench.catalogues().size(bench.at(name));
  }

  @Test
  void headersOfMatricesAreAdded() {
    bench.npy("m/a.npy", 2, 1, 2, 3, 4).npy("m/b.npy", 2, 5, 6);
    assertThat(size("m").rows()).isEqualTo(3);
    assertThat(size("m").exact()).isTrue();
  }

  @Test
  void binaryFilesAreCounted() {
    bench.parquet("a.parquet", "SELECT range AS id, 'x' AS title FROM range(1234)");
    assertThat(size("a.parquet").rows()).isEqualTo(1234);
    assertThat(size("a.parquet").exact()).isTrue();
  }

  @Test
  void smallTextFilesAreCountedWhole() {
    bench.file("t/a.jsonl", "{\"id\": 1}\n\n{\"id\": 2}").file("t/b.csv", "id,title\n3,x\n");
    assertThat(size("t").rows()).isEqualTo(3);
    bench.file("a.json", "[{\"id\": 1, \"of\": {\"a\": \"}{\\\"\"}},\n {\"id\": 2}]");
    assertThat(size("a.json").rows()).isEqualTo(2);
    bench.file("a.jsonl.gz", "{\"id\": 1}\n".repeat(500));
    assertThat(size("a.jsonl.gz").rows()).isEqualTo(500);
  }

  @Test
  void longOnesGoOnAsTheyBegin() {
    String row = "{\"id\": 1, \"title\": \"" + "x".repeat(980) + "\"}\n";
    bench.file("long.jsonl", row.repeat(10_000));
    CatalogueSize size = size("long.jsonl");
    assertThat(size.exact()).isFalse();
    assertThat(size.rows()).isBetween(9_950L, 10_050L);
  }
}
