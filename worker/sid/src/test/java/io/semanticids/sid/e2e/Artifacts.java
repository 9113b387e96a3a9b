package io.semanticids.sid.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What lies below {@code artifacts/}: markers and manifests say what is done, all else is data.
 *
 * @param folder {@code <output>/artifacts}
 */
record Artifacts(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Artifacts below(Path output) {
    return new Artifacts(output.resolve("artifacts"));
  }

  /** Markers and manifests by their relative path, with their content. */
  Map<String, String> committed() {
    Map<String, String> committed = new TreeMap<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.matches("part-\\d+\\.json|manifest\\.json")) {
        try {
          committed.put(folder.relativize(file).toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
          // Scratch that has just been consumed: it is not there.
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return committed;
  }

  /** SHA-256 of the data by the marker that commits them; manifests have none. */
  Map<String, String> checksums() {
    Map<String, String> checksums = new TreeMap<>();
    committed()
        .forEach(
            (marker, content) -> {
              try {
                checksums.put(marker, JSON.readTree(content).path("sha256").asText());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return checksums;
  }

  /** Data objects that no marker names: of attempts that were killed before their commit. */
  Set<String> orphans() {
    Set<String> data = new HashSet<>();
    for (Path file : files()) {
      if (file.getFileName().toString().matches("part-\\d+-[0-9a-f-]{36}\\..*")) {
        data.add(folder.relativize(file).toString());
      }
    }
    committed()
        .forEach(
            (marker, content) -> {
              try {
                String object = JSON.readTree(content).path("object").asText();
                data.remove(Path.of(marker).resolveSibling(object).toString());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return data;
  }

  /** Whether this file, of a relative path, is there. */
  boolean exists(Path file) {
    return Files.exists(folder.resolve(file));
  }

  private Iterable<Path> files() {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    } catch (IOException | UncheckedIOException e) {
      // Something was deleted while it was listed: look again.
      return files();
    }
  }
}
