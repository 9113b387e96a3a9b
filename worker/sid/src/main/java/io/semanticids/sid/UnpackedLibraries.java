package io.semanticids.sid;

import io.semanticids.store.TemporaryFiles;
import org.jspecify.annotations.Nullable;

/**
 * Where libraries unpack their native parts, up to a hundred megabytes a process: a folder in the
 * cache that goes with the process; where it was killed, the next one removes it.
 */
final class UnpackedLibraries {
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

  /** To be called when no library is used any more. */
  void remove() {
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
