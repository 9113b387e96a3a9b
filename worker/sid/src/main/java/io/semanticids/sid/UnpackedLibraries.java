package io.semanticids.sid;

import io.semanticids.store.TemporaryFiles;
import org.jspecify.annotations.Nullable;

/**
 * Where libraries unpack their native parts, up to a hundred megabytes a process: a folder in the
 * cache. They delete them at an orderly exit; where a process was killed, the next one does.
 */
final class UnpackedLibraries implements AutoCloseable {
  private final @Nullable TemporaryFiles files;

  private UnpackedLibraries(@Nullable TemporaryFiles files) {
    this.files = files;
  }

  /** To be called before anything asks for a temporary file: Java reads the property once. */
  static UnpackedLibraries open() {
    try {
      TemporaryFiles files = TemporaryFiles.open(Caches.folder());
      System.setProperty("java.io.tmpdir", files.folder().toString());
      return new UnpackedLibraries(files);
    } catch (RuntimeException e) {
      // A command that needs the cache says what is wrong with it.
      return new UnpackedLibraries(null);
    }
  }

  @Override
  public void close() {
    if (files == null) {
      return;
    }
    try {
      files.close();
    } catch (RuntimeException e) {
      // What is left, the next process removes.
    }
  }
}
