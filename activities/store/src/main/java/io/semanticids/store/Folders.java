package io.semanticids.store;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Folders that other processes change at the same time: what vanishes while it is looked at is not
 * there.
 */
final class Folders {
  private Folders() {}

  /** Deletes a folder and all in it; nothing happens to what is gone already. */
  static void delete(Path folder) throws IOException {
    for (Path path : below(folder, Set.of()).stream().sorted(Comparator.reverseOrder()).toList()) {
      Files.deleteIfExists(path);
    }
  }

  /** The files in a folder, at any depth; empty if it does not exist. */
  static List<Path> files(Path folder, Set<FileVisitOption> options) throws IOException {
    return below(folder, options).stream().filter(Files::isRegularFile).toList();
  }

  private static List<Path> below(Path folder, Set<FileVisitOption> options) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        options,
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            found.add(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            found.add(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException error) throws IOException {
            return continueIfGone(error);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, IOException error)
              throws IOException {
            return continueIfGone(error);
          }
        });
    return found;
  }

  private static FileVisitResult continueIfGone(IOException error) throws IOException {
    if (error != null && !(error instanceof NoSuchFileException)) {
      throw error;
    }
    return FileVisitResult.CONTINUE;
  }
}
