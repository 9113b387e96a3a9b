package io.semanticids.store;

/** What both stores say about a range that an object does not have. */
final class Ranges {
  private Ranges() {}

  static DamagedObjectException tooShort(Location at, long offset, int length, long bytes) {
    return new DamagedObjectException(
        "%s has %d bytes, but bytes %d to %d were asked for: it is torn or was replaced."
            .formatted(at, bytes, offset, offset + length));
  }

  static void check(Location at, long offset, int length) {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException(
          "The range (%d bytes from %d) of %s must not be negative.".formatted(length, offset, at));
    }
  }
}
