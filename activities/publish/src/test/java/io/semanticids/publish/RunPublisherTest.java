package io.semanticids.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.semanticids.store.Location;
import io.semanticids.store.ObjectInfo;
import io.semanticids.store.StoreException;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPublisherTest {
  @TempDir Path folder;
  private Stores stores;
  private Location run;

  @BeforeEach
  void open() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Location location = Location.of(root);
    stores = Stores.open(new StoreSettings(List.of(location), folder.resolve("cache"), 1 << 20));
    run = location.resolve("runs/office");
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void everyObjectIsInTheManifestThatComesLast() throws IOException {
    Manifest manifest = publish(run(60));

    assertThat(manifest.objects().stream().map(Manifest.PublishedObject::name))
        .containsExactly(
            "semantic-ids/part-00000.parquet",
            "semantic-ids.jsonl",
            "index.json",
            "codebook/centroids-1.npy",
            "codebook/centroids-2.npy",
            "codebook/potentials-2.npy",
            "codebook/centroids-3.npy",
            "codebook/potentials-3.npy",
            "codebook/codebook.json",
            "codebook/before/centroids-1.npy",
            "codebook/before/centroids-2.npy",
            "codebook/before/potentials-2.npy",
            "codebook/before/centroids-3.npy",
            "codebook/before/potentials-3.npy",
            "codebook/before/codebook.json",
            "report.json",
            "report.html");
    assertThat(stores.list(run)).hasSize(manifest.objects().size() + 1);
    for (Manifest.PublishedObject object : manifest.objects()) {
      byte[] bytes = stores.read(run.resolve(object.name()));
      assertThat(Content.of(new ByteArrayInputStream(bytes)))
          .isEqualTo(new Content(object.bytes(), object.sha256()));
    }
    assertThat(RunFolder.manifest(stores, run)).contains(manifest);
    assertThat(manifest.request().get("dataset").textValue()).isEqualTo("office.jsonl");
    assertThat(folder.resolve("temporary")).isEmptyDirectory();
  }

  @Test
  void publishingAgainChangesNothing() throws IOException {
    Manifest first = publish(run(60));
    List<ObjectInfo> before = stores.list(run);
    assertThat(publish(run(60))).isEqualTo(first);
    assertThat(stores.list(run)).isEqualTo(before);
    stores.delete(run.resolve(Manifest.NAME));
    assertThat(publish(run(60))).isEqualTo(first);
  }

  @Test
  void anotherRunsFolderIsRefused() throws IOException {
    publish(run(60));
    assertThatThrownBy(() -> publish(run(61)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("part-00000.parquet exists with other content")
        .hasMessageContaining("another name");
  }

  @Test
  void runsWithoutManifestAreNotThere() {
    assertThat(RunFolder.manifest(stores, run)).isEmpty();
  }

  private Manifest publish(RunPublisher.Run published) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    RunFolder into = new RunFolder(stores, run);
    RunPublisher.put(published, into, temporary);
    // The manifest may be written by another process, later: it needs nothing but what was put.
    return new RunFolder(stores, run, into.objects())
        .finish(
            new Lineage(
                "office",
                JsonNodeFactory.instance.objectNode().put("dataset", "office.jsonl"),
                Map.of("prepare", "ab"),
                "plain-java",
                Map.of("semantic-ids", "0.1.0")));
  }

  private static RunPublisher.Run run(int items) {
    return new RunPublisher.Run(
        Fixtures.blocks(items, 4, 5, 2).iterator(),
        items,
        Fixtures.codebook(Fixtures.model()),
        Fixtures.codebook(Fixtures.model()),
        Fixtures.page(Fixtures.balanced(), List.of()));
  }
}
