package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.semanticids.store.Location;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Catalogues in S3 give the rows that the same files give locally. Needs the server and the bucket
 * of the store's own test: {@code SID_TEST_S3_ENDPOINT} and the AWS variables.
 */
class S3CatalogueIT {
  private static final String BUCKET = "sid-test";

  @TempDir private Path folder;
  private Workbench bench;
  private Stores stores;
  private Location root;
  private Catalogues catalogues;

  @BeforeEach
  void open() {
    String endpoint = System.getenv("SID_TEST_S3_ENDPOINT");
    assumeTrue(endpoint != null, "SKIPPED: no S3 server. See the store's S3StoreIT.");
    bench = new Workbench(folder);
    root = Location.parse("s3://" + BUCKET + "/" + UUID.randomUUID());
    stores = Stores.open(new StoreSettings(List.of(root), folder.resolve("copies"), 1L << 30));
    catalogues = new Catalogues(stores, folder.resolve("temporary"));
  }

  @Test
  void aPrefixIsReadLikeAFolder() throws IOException {
    SampleCatalogue.write(300, 1, bench.path("items/b.jsonl"));
    bench.file("items/a/1.csv", "id,title\nx,\"a\nb\"\n");
    bench.parquet("items/c.parquet", "SELECT 'y' AS id, 'text' AS title");
    bench.file("items/_SUCCESS", "");
    for (String name :
        List.of("items/b.jsonl", "items/a/1.csv", "items/c.parquet", "items/_SUCCESS")) {
      upload(name);
    }
    Location items = root.resolve("items");
    Rows rows = new Rows();
    Prepared prepared = catalogues.prepare(items, null, Workbench.DEFAULTS, 64, rows, n -> {});
    assertThat(rows.all()).isEqualTo(bench.read("items").all());
    assertThat(prepared.trainRows()).isEqualTo(302);
    assertThat(catalogues.identity(items))
        .isEqualTo(bench.catalogues().identity(bench.at("items")));
    assertThat(catalogues.inspect(items, Workbench.DEFAULTS).files()).hasSize(3);
  }

  @Test
  void matricesAreBroughtIntoShards() throws IOException {
    bench.npy("x/0.npy", 2, 1, 2, 3, 4).npy("x/1.npy", 2, 5, 6);
    upload("x/0.npy");
    upload("x/1.npy");
    Location matrices = root.resolve("x");
    Rows rows = new Rows();
    Prepared prepared = catalogues.prepare(matrices, null, Workbench.DEFAULTS, 2, rows, n -> {});
    assertThat(prepared.segments()).isEmpty();
    assertThat(catalogues.segments(matrices, null)).isEmpty();
    assertThat(rows.embeddings())
        .containsExactly(List.of(1f, 2f), List.of(3f, 4f), List.of(5f, 6f));
    assertThat(rows.ids()).containsExactly("0", "1", "2");
    assertThat(catalogues.inspect(matrices, Workbench.DEFAULTS).dimension()).isEqualTo(2);
  }

  @Test
  void aPrefixWithoutFilesIsNamed() {
    Location nothing = root.resolve("nothing");
    assertThatThrownBy(() -> catalogues.inspect(nothing, Workbench.DEFAULTS))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining(nothing.uri() + " does not exist");
  }

  private void upload(String name) {
    assertThat(stores.create(root.resolve(name), bench.path(name))).isTrue();
  }
}
