package io.semanticids.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The temporary files of one process, in a folder of its own that it holds a lock on. Who starts
 * later removes the folders whose process is gone.
 */
public final class TemporaryFiles implements AutoCloseable {
  private static final String PROCESS = UUID.randomUUID().toString();
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private TemporaryFiles(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /** Opens a new folder below {@code cache} and removes those of processes that are gone. */
  public static TemporaryFiles open(Path cache) {
    Path all = cache.resolve("temporary");
    try {
      Files.createDirectories(all);
      // Under a lock, since a folder without its own lock counts as left behind.
      return ProcessLock.hold(
          cache.resolve("temporary.lock"),
          () -> {
            removeStale(all);
            return create(all);
          });
    } catch (IOException e) {
      throw FileErrors.of(all, e);
    }
  }

  private static TemporaryFiles create(Path all) throws IOException {
    Path folder = Files.createDirectory(all.resolve(PROCESS + "-" + UUID.randomUUID()));
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new TemporaryFiles(folder, channel, channel.lock());
  }

  private static void removeStale(Path all) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
      for (Path folder : folders) {
        // Opening and closing a lock file of one's own process would let go of that lock.
        if (!folder.getFileName().toString().startsWith(PROCESS) && stale(folder)) {
          Folders.delete(folder);
        }
      }
    }
  }

  private static boolean stale(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(LOCK))) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    }
  }

  /** The folder, for programs that name their files themselves. */
  public Path folder() {
    return folder;
  }

  /** A path that does not exist yet. */
  Path next(String extension) {
    return folder.resolve(UUID.randomUUID() + "." + extension);
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      lock.release();
      channel.close();
      Folders.delete(folder);
    } catch (IOException e) {
      throw FileErrors.of(folder, e);
    }
  }
}
