package io.semanticids.adapters;

import io.semanticids.store.FileErrors;
import io.semanticids.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A local folder that is gone afterwards. */
final class TemporaryFolder {
  private TemporaryFolder() {}

  /** What is done with the folder. */
  @FunctionalInterface
  interface Use {
    void with(Path folder) throws IOException;
  }

  static void use(Stores stores, Use use) {
    Path folder = stores.temporary("d");
    try {
      Files.createDirectories(folder);
      try {
        use.with(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw FileErrors.of(folder, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
