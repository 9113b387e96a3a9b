package io.semanticids.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Copies of remote objects: {@code <cache>/objects/<hash of location and
 * version>/<SHA-256>/<name>}, beside a file {@code used} whose modification time is the last use. A
 * copy is checked when it arrives and once in each process; one that has changed is fetched again.
 * Several processes may share a cache: one of them fetches an object, the others wait for it, and
 * if it dies the next one fetches.
 *
 * <p>Beyond the size bound the longest unused copies go, except those used within the grace time:
 * whoever got a path must have time to open it. So the bound may be exceeded by what is in use.
 */
final class ObjectCache {
  private static final String USED = "used";

  /** As many locks as objects can be fetched at once. */
  private static final int STRIPES = 64;

  /** In characters of at most three bytes each; file systems take 255 bytes. */
  private static final int MAX_NAME = 80;

  private final Path folder;
  private final Path lock;
  private final Path fetching;
  private final long bound;
  private final Duration grace;
  private final Clock clock;
  private final Verified verified = new Verified();

  ObjectCache(Path cache, long bound, Duration grace, Clock clock) {
    this.folder = cache.resolve("objects");
    this.lock = cache.resolve("objects.lock");
    this.fetching = cache.resolve("fetching");
    this.bound = bound;
    this.grace = grace;
    this.clock = clock;
    try {
      Files.createDirectories(folder);
      Files.createDirectories(fetching);
    } catch (IOException e) {
      throw FileErrors.of(folder, e);
    }
  }

  /** Copies an object to a file that does not exist yet. */
  interface Source {
    void copy(Path file) throws IOException;
  }

  /**
   * The checked copy of an object.
   *
   * @param version of the object: another version is another copy
   * @param temporary a path on the cache's file system that does not exist yet
   * @param check throws if a copy that has just arrived has the wrong SHA-256
   */
  Path get(Location at, String version, Path temporary, Source source, Consumer<String> check) {
    String hash = Checksums.of((at.uri() + "\n" + version).getBytes(StandardCharsets.UTF_8));
    Path entry = folder.resolve(hash.substring(0, 32));
    try {
      return verified.alone(
          entry,
          () -> {
            Optional<Path> found = find(entry);
            return found.isPresent()
                ? found.get()
                : ProcessLock.hold(
                    fetching.resolve(Math.floorMod(hash.hashCode(), STRIPES) + ".lock"),
                    () -> find(entry).orElseGet(() -> fetch(entry, at, temporary, source, check)));
          });
    } catch (IOException e) {
      throw FileErrors.of(entry, e);
    }
  }

  private Optional<Path> find(Path entry) throws IOException {
    Optional<Path> found =
        ProcessLock.hold(
            lock,
            () -> {
              Optional<Path> copy = copy(entry);
              if (copy.isPresent()) {
                touch(entry);
              }
              return copy;
            });
    if (found.isEmpty() || intact(found.get())) {
      return found;
    }
    return ProcessLock.hold(
        lock,
        () -> {
          Folders.delete(entry);
          return Optional.empty();
        });
  }

  private boolean intact(Path copy) throws IOException {
    return verified
        .check(copy, () -> Checksums.of(copy))
        .equals(copy.getParent().getFileName().toString());
  }

  private static Optional<Path> copy(Path entry) throws IOException {
    return Folders.files(entry, Set.of()).stream()
        .filter(file -> !file.getParent().equals(entry))
        .findFirst();
  }

  private Path fetch(
      Path entry, Location at, Path temporary, Source source, Consumer<String> check) {
    try {
      try {
        source.copy(temporary);
      } catch (StoreFullException e) {
        Files.deleteIfExists(temporary);
        // The cache itself may be what fills the disk.
        evict(0);
        source.copy(temporary);
      }
      String sha256 = Checksums.of(temporary);
      check.accept(sha256);
      Path copy =
          ProcessLock.hold(
              lock,
              () -> {
                Path target = Files.createDirectories(entry.resolve(sha256)).resolve(name(at));
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                touch(entry);
                return target;
              });
      verified.put(copy, sha256);
      evict(bound);
      return copy;
    } catch (IOException e) {
      throw FileErrors.of(entry, e);
    } finally {
      delete(temporary);
    }
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The next start of a process removes it.
    }
  }

  /**
   * The object's own name, so that its extension still says what it is; cut where file systems
   * would refuse it.
   */
  private static String name(Location at) {
    String name = at.name();
    int cut = Math.max(0, name.length() - MAX_NAME);
    return name.substring(cut > 0 && Character.isLowSurrogate(name.charAt(cut)) ? cut + 1 : cut);
  }

  private void touch(Path entry) throws IOException {
    Path used = entry.resolve(USED);
    if (!Files.exists(used)) {
      Files.createFile(used);
    }
    Files.setLastModifiedTime(used, FileTime.from(clock.instant()));
  }

  private record Entry(Path folder, long bytes, Instant used) {}

  /**
   * Deletes the longest unused copies until all take at most {@code most} bytes, or the rest is in
   * use.
   */
  private void evict(long most) throws IOException {
    ProcessLock.hold(
        lock,
        () -> {
          List<Entry> entries = entries();
          entries.sort(Comparator.comparing(Entry::used));
          long total = entries.stream().mapToLong(Entry::bytes).sum();
          Instant inUse = clock.instant().minus(grace);
          for (Entry entry : entries) {
            if (total <= most || !entry.used().isBefore(inUse)) {
              break;
            }
            Folders.delete(entry.folder());
            total -= entry.bytes();
          }
          return total;
        });
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      for (Path entry : folders) {
        long bytes = 0;
        for (Path file : Folders.files(entry, Set.of())) {
          bytes += Files.size(file);
        }
        Path used = entry.resolve(USED);
        entries.add(
            new Entry(
                entry,
                bytes,
                Files.exists(used) ? Files.getLastModifiedTime(used).toInstant() : Instant.EPOCH));
      }
    }
    return entries;
  }
}
