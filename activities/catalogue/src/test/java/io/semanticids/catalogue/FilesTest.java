package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are a catalogue, in which order, and what identifies them. */
class FilesTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = new Workbench(folder);
  }

  private static String row(String id) {
    return "{\"id\": \"" + id + "\", \"title\": \"text of " + id + "\"}\n";
  }

  @Test
  void aFolderIsReadInTheOrderOfNamesAtAnyDepth() {
    bench.file("items/b.jsonl", row("b"));
    bench.file("items/a/2.csv", "id,title\na2,x\n");
    bench.file("items/a/10.jsonl", row("a10"));
    bench.file("items/C.jsonl.gz", row("C"));
    assertThat(bench.read("items").ids()).containsExactly("C", "a10", "a2", "b");
    assertThat(bench.catalogues().inspect(bench.at("items"), Workbench.DEFAULTS).files())
        .hasSize(4)
        .last()
        .asString()
        .endsWith("items/b.jsonl");
  }

  @Test
  void hiddenFilesArePassedOver() {
    bench.file("items/a.jsonl", row("a"));
    bench.file("items/_SUCCESS", "");
    bench.file("items/.a.jsonl.crc", "crc");
    bench.file("items/_temporary/b.jsonl", row("b"));
    assertThat(bench.read("items").ids()).containsExactly("a");
    bench.file("hidden/.a.jsonl", row("a"));
    assertThat(bench.refused("hidden", Workbench.DEFAULTS))
        .hasMessageContaining("only hidden files");
    assertThat(bench.read("hidden/.a.jsonl").ids()).containsExactly("a");
  }

  @Test
  void anEmptyFileAmongOthersIsNoProblem() {
    bench.file("items/a.jsonl", "").file("items/b.jsonl", "\n" + row("b") + "\n");
    bench.file("items/c.csv", "id,title\n");
    assertThat(bench.read("items").ids()).containsExactly("b");
  }

  @Test
  void whatCannotBeReadIsSaidOnce() {
    assertThat(bench.refused("nothing.jsonl", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("nothing.jsonl does not exist");
    bench.file("items/a.jsonl", row("a")).file("items/notes.txt", "hello");
    assertThat(bench.refused("items", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("notes.txt is no catalogue file", ".parquet");
    bench.file("mixed/a.jsonl", row("a")).npy("mixed/b.npy", 2, 1, 2);
    assertThat(bench.refused("mixed", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("b.npy gives vectors, but a.jsonl gives texts");
    bench.file("empty.jsonl", "\n\n");
    assertThat(bench.refused("empty.jsonl", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("empty.jsonl has no rows");
    bench.file("empty.csv", "");
    assertThat(bench.refused("empty.csv", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("empty.csv has no rows");
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    bench.file("a.jsonl.gz", row("a").repeat(1000));
    byte[] zipped = Files.readAllBytes(bench.path("a.jsonl.gz"));
    Files.write(bench.path("cut.jsonl.gz"), java.util.Arrays.copyOf(zipped, zipped.length / 2));
    assertThat(bench.refused("cut.jsonl.gz", Workbench.DEFAULTS))
        .hasMessageContaining("cut.jsonl.gz is damaged or truncated");
    Files.writeString(bench.path("plain.jsonl.gz"), row("a"));
    assertThat(bench.refused("plain.jsonl.gz", Workbench.DEFAULTS))
        .hasMessageContaining("plain.jsonl.gz is damaged");
    bench.file("a.parquet", "PAR1 but no more").file("a.arrow", "ARROW1 but no more");
    assertThat(bench.refused("a.parquet", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("a.parquet is damaged");
    assertThat(bench.refused("a.arrow", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("a.arrow is damaged");
  }

  @Test
  void namesWithPatternsAndQuotesAreNames() {
    bench.parquet("it's [a] *.parquet", "SELECT 'a' AS id, 'x' AS title");
    bench.parquet("it's a b.parquet", "SELECT 'b' AS id, 'x' AS title");
    assertThat(bench.read("it's [a] *.parquet").ids()).containsExactly("a");
  }

  @Test
  void progressOfAnIdentityCountsBytesOnce() {
    AtomicLong bytes = new AtomicLong();
    bench.file("ab/a.jsonl", " ".repeat((5 << 20) + 3)).file("ab/b.jsonl", row("b"));
    bench.catalogues().identity(bench.at("ab"), bytes::addAndGet);
    assertThat(bytes).hasValue((5 << 20) + 3 + row("b").length());
  }

  @Test
  void identityIsOfContentsInOrder() throws IOException {
    Catalogues catalogues = bench.catalogues();
    bench.file("one.jsonl", row("a"));
    String one = catalogues.identity(bench.at("one.jsonl"));
    assertThat(one).matches("[0-9a-f]{64}").isEqualTo(catalogues.identity(bench.at("one.jsonl")));
    bench.file("renamed.jsonl", row("a"));
    assertThat(catalogues.identity(bench.at("renamed.jsonl"))).isEqualTo(one);
    bench.file("same.json", row("a"));
    assertThat(catalogues.identity(bench.at("same.json"))).isNotEqualTo(one);

    bench.file("ab/1.jsonl", row("a")).file("ab/2.jsonl", row("b"));
    bench.file("ba/1.jsonl", row("b")).file("ba/2.jsonl", row("a"));
    assertThat(catalogues.identity(bench.at("ab")))
        .isNotEqualTo(catalogues.identity(bench.at("ba")));

    bench.file("one.jsonl", row("b"));
    Files.setLastModifiedTime(bench.path("one.jsonl"), FileTime.fromMillis(1));
    assertThat(catalogues.identity(bench.at("one.jsonl"))).isNotEqualTo(one);
    CatalogueException missing =
        catchThrowableOfType(
            CatalogueException.class, () -> catalogues.identity(bench.at("nothing")));
    assertThat(missing).hasMessageContaining("does not exist");
  }
}
