package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCatalogueTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = new Workbench(folder);
  }

  @Test
  void isACatalogueWithHeavyGroupsAndRepeatedTexts() throws IOException {
    SampleCatalogue.write(10_000, 1, bench.path("a.jsonl"));
    Rows rows = new Rows();
    Prepared prepared =
        bench.prepare(
            "a.jsonl", null, Workbench.named("id", "group", "title", "description"), 4096, rows);
    assertThat(prepared.trainRows()).isEqualTo(10_000);
    assertThat(prepared.distinct()).isBetween(9_000L, 9_850L);
    assertThat(prepared.groups()).isBetween(1_000L, 1_667L);
    assertThat(prepared.warnings()).isEmpty();
    Map<String, Long> sizes =
        rows.all().stream().collect(Collectors.groupingBy(Rows.Row::group, Collectors.counting()));
    assertThat(sizes.values().stream().max(Long::compare).orElseThrow()).isBetween(150L, 400L);
    assertThat(sizes.values().stream().filter(size -> size <= 3)).hasSizeGreaterThan(100);
    assertThat(rows.texts()).allMatch(text -> text.length() > 60 && !text.contains("  "));
  }

  @Test
  void isAFunctionOfItsArguments() throws IOException {
    SampleCatalogue.write(1000, 1, bench.path("a.jsonl"));
    SampleCatalogue.write(1000, 1, bench.path("b.jsonl"));
    SampleCatalogue.write(1000, 2, bench.path("c.jsonl"));
    SampleCatalogue.write(1000, 1, bench.path("a.jsonl.gz"));
    assertThat(Files.mismatch(bench.path("a.jsonl"), bench.path("b.jsonl"))).isEqualTo(-1);
    assertThat(Files.mismatch(bench.path("a.jsonl"), bench.path("c.jsonl"))).isNotEqualTo(-1);
    assertThat(bench.read("a.jsonl.gz").all()).isEqualTo(bench.read("a.jsonl").all());
    assertThat(folder.resolve("data")).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void itsShareOfCopiesIsTwoInAHundred() throws IOException {
    SampleCatalogue.write(20_000, 3, bench.path("a.jsonl"));
    Map<String, Long> texts =
        bench.read("a.jsonl").texts().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(20_000 - texts.size()).isGreaterThan(350);
  }

  @Test
  void nothingIsWrittenForNoItems() {
    assertThatThrownBy(() -> SampleCatalogue.write(0, 1, bench.path("a.jsonl")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(0) must be positive");
    assertThat(bench.path("a.jsonl")).doesNotExist();
  }
}
