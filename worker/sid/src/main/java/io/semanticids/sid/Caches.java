package io.semanticids.sid;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where copies of remote objects and temporary files lie unless told otherwise. */
final class Caches {
  /** Twenty gigabytes: the vectors of ten million items in half precision at 1,024 dimensions. */
  static final long BYTES = 20L << 30;

  private Caches() {}

  /**
   * {@code $SID_CACHE}, else {@code $XDG_CACHE_HOME/semantic-ids}, else {@code
   * ~/.cache/semantic-ids}.
   */
  static Path folder() {
    String own = environment("SID_CACHE");
    if (own != null) {
      return Path.of(own);
    }
    String caches = environment("XDG_CACHE_HOME");
    return caches != null
        ? Path.of(caches, "semantic-ids")
        : Path.of(System.getProperty("user.home"), ".cache", "semantic-ids");
  }

  private static @Nullable String environment(String name) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? null : value;
  }
}
