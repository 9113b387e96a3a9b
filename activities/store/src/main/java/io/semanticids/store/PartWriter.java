package io.semanticids.store;

import java.io.IOException;
import java.nio.file.Path;

/** Writes the content of a part. */
@FunctionalInterface
public interface PartWriter {
  /**
   * Writes a file that does not exist yet.
   *
   * @param file a path in a temporary folder; the caller takes care of the file
   */
  PartContent write(Path file) throws IOException;
}
