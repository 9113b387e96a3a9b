package io.semanticids.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that lack something that Amazon's has. */
class PlainHttpStoreTest {
  private static final Location ROOT = Location.parse("s3://bucket/root");

  @TempDir private Path cache;
  private PlainHttpStore server;
  private Stores stores;

  @BeforeEach
  void open() throws IOException {
    server = new PlainHttpStore();
    stores = Stores.open(new StoreSettings(List.of(ROOT), cache, 1 << 20), server::store);
  }

  @AfterEach
  void close() {
    stores.close();
    server.close();
  }

  @Test
  void storeThatOverwritesIsFoundOutByTheProbe() {
    assertThatThrownBy(() -> stores.probe(ROOT))
        .isExactlyInstanceOf(StoreException.class)
        .hasMessageContaining(ROOT.uri())
        .hasMessageContaining("ignores If-None-Match")
        .hasMessageContaining("Use a store that honours it");
    assertThat(server.isEmpty()).isTrue();
  }

  @Test
  void objectWithoutEntityTag() throws IOException {
    Location at = ROOT.resolve("items.jsonl");
    byte[] content = "copied into the folder".getBytes(StandardCharsets.UTF_8);
    server.put(at, content);

    assertThat(stores.info(at).orElseThrow().version()).isNotEmpty();
    assertThat(Files.readAllBytes(stores.local(at))).isEqualTo(content);
  }
}
