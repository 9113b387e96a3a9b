package io.semanticids.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Stores over a fresh root for each test. */
abstract class StoreFixture {
  @TempDir Path folder;
  Location root;
  Stores stores;

  /** A root that nobody has used. */
  abstract Location newRoot();

  /** Stores over that root. */
  abstract Stores open(StoreSettings settings);

  /**
   * Whether the store checks and writes in one step, so that exactly one of simultaneous creators
   * wins.
   */
  boolean atomic() {
    return true;
  }

  @BeforeEach
  void open() {
    root = newRoot();
    stores = open(new StoreSettings(List.of(root), folder.resolve("cache"), 1L << 30));
  }

  @AfterEach
  void close() {
    if (stores != null) {
      stores.close();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
