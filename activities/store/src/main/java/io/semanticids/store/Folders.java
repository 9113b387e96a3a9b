package io.semanticids.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of the cache, which other processes change at the same time. */
final class Folders {
  private Folders() {}

  /** Deletes a folder and all in it; nothing happens to what is gone already. */
  static void delete(Path folder) throws IOException {
    for (Path path : below(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
      Files.deleteIfExists(path);
    }
  }

  /** The folder and all in it; empty if it does not exist. */
  static List<Path> below(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
