package io.semanticids.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Remembers the checksums of files as long as their length, modification time and inode stay: a
 * file is read for its checksum once in a process, not at each use.
 */
final class Verified {
  private static final int STRIPES = 64;

  private final Map<Path, Entry> known = new ConcurrentHashMap<>();
  private final Object[] stripes = Stream.generate(Object::new).limit(STRIPES).toArray();

  private record Entry(State state, String sha256) {}

  private record State(long bytes, long modified, String inode) {
    static State of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(
          attributes.size(),
          attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          Objects.toString(attributes.fileKey()));
    }
  }

  /** Lets one thread at a time work on what {@code key} names. */
  <T> T alone(Object key, ProcessLock.Action<T> action) throws IOException {
    synchronized (stripes[Math.floorMod(key.hashCode(), STRIPES)]) {
      return action.run();
    }
  }

  /** The checksum of a file, computed unless it is known. */
  String check(Path file, ProcessLock.Action<String> checksum) throws IOException {
    State state = State.of(file);
    Entry entry = known.get(file);
    if (entry != null && entry.state().equals(state)) {
      return entry.sha256();
    }
    String sha256 = checksum.run();
    known.put(file, new Entry(state, sha256));
    return sha256;
  }

  /** Remembers the checksum of a file that was computed elsewhere. */
  void put(Path file, String sha256) throws IOException {
    known.put(file, new Entry(State.of(file), sha256));
  }
}
