package io.semanticids.embed;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A Hugging Face checkpoint on this machine.
 *
 * @param path with the files, absolute
 * @param name what people call it: the path itself, or the location that its files were fetched
 *     from
 */
public record CheckpointFolder(Path path, String name) {
  public CheckpointFolder {
    path = path.toAbsolutePath().normalize();
    Objects.requireNonNull(name, "A checkpoint needs a name.");
  }

  /** A folder that nobody else calls anything else. */
  public static CheckpointFolder of(Path path) {
    return new CheckpointFolder(path, path.toAbsolutePath().normalize().toString());
  }

  /** What people call one of its files. */
  String nameOf(Path file) {
    return (name.endsWith("/") ? name : name + "/") + file.getFileName();
  }

  @Override
  public String toString() {
    return name;
  }
}
