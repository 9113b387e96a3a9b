package io.semanticids.sid;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that commands write outside any root: the user named them. */
final class LocalFiles {
  private LocalFiles() {}

  /** Writes a file's content; the file gets its name when it is complete. */
  @FunctionalInterface
  interface Writer {
    void write(Path partial) throws IOException;
  }

  /**
   * Writes beside the file and renames: whoever sees the name sees all of it. A file of that name
   * is replaced.
   */
  static void write(Path file, Writer writer) {
    Path absolute = file.toAbsolutePath();
    Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
    try {
      Files.createDirectories(absolute.getParent());
      try {
        writer.write(partial);
        Files.move(partial, absolute, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  static SidException cannotWrite(Path file, IOException cause) {
    String reason =
        cause instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return new SidException(
        ExitCode.FAILED,
        "%s cannot be written (%s). Choose another --output, or make room there."
            .formatted(file, reason),
        cause);
  }
}
