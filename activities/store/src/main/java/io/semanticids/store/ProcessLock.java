package io.semanticids.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one thread of one process on this machine do something at a time. A process that dies lets
 * go.
 *
 * <p>A file lock belongs to a process and is lost as soon as that process closes any channel to the
 * file, so all threads of a process come through one monitor a file and no second channel is ever
 * open. The number of lock files must be bounded.
 */
final class ProcessLock {
  private static final Map<Path, Object> IN_PROCESS = new ConcurrentHashMap<>();

  private ProcessLock() {}

  /** What is done under the lock. */
  interface Action<T> {
    T run() throws IOException;
  }

  /** Does something while holding the lock of {@code lockFile}, which is created and stays. */
  static <T> T hold(Path lockFile, Action<T> action) throws IOException {
    Path file = lockFile.toAbsolutePath().normalize();
    synchronized (IN_PROCESS.computeIfAbsent(file, key -> new Object())) {
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException("the lock %s cannot be held".formatted(file));
        }
        return action.run();
      }
    }
  }
}
