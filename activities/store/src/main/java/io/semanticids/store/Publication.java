package io.semanticids.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Gives a finished file its name, unless that name is taken. */
final class Publication {
  /** File locks are held by processes: threads of one process need a lock of their own. */
  private static final Object IN_PROCESS = new Object();

  private Publication() {}

  /**
   * Makes {@code finished} visible as {@code target} on the same file system, durably.
   *
   * @return false when the target exists; it is left as it is
   */
  static boolean publish(Path finished, Path target) throws IOException {
    boolean created;
    try {
      Files.createLink(target, finished);
      created = true;
    } catch (FileAlreadyExistsException e) {
      created = false;
    } catch (FileSystemException | UnsupportedOperationException e) {
      created = move(finished, target);
    }
    if (created) {
      sync(target.getParent());
    }
    return created;
  }

  /**
   * For file systems without hard links: a rename would replace, so creators take turns under a
   * lock.
   */
  static boolean move(Path finished, Path target) throws IOException {
    Path lockFile = target.resolveSibling(LocalStore.UNFINISHED + "lock");
    synchronized (IN_PROCESS) {
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid() || Files.exists(target)) {
          return false;
        }
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
        return true;
      }
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
