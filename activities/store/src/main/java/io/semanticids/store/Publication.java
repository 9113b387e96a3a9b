package io.semanticids.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Gives a finished file its name, unless that name is taken. */
final class Publication {
  private Publication() {}

  /**
   * Makes {@code finished} visible as {@code target} in the same folder, durably.
   *
   * @return false when the target exists; it is left as it is
   */
  static boolean publish(Path finished, Path target) throws IOException {
    Optional<Boolean> linked = link(finished, target);
    return linked.isPresent() ? linked.get() : move(finished, target);
  }

  /**
   * The same by a hard link, which never replaces; empty where there can be none between these two.
   */
  static Optional<Boolean> link(Path finished, Path target) throws IOException {
    try {
      Files.createLink(target, finished);
    } catch (FileAlreadyExistsException e) {
      return Optional.of(false);
    } catch (FileSystemException | UnsupportedOperationException e) {
      return Optional.empty();
    }
    sync(target.getParent());
    return Optional.of(true);
  }

  /**
   * For file systems without hard links: a rename would replace, so creators take turns under a
   * lock.
   */
  static boolean move(Path finished, Path target) throws IOException {
    return ProcessLock.hold(
        target.resolveSibling(LocalStore.UNFINISHED + "lock"),
        () -> {
          if (Files.exists(target)) {
            return false;
          }
          Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
          sync(target.getParent());
          return true;
        });
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
