package io.semanticids.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All objects that a process may touch: every location is checked against the roots before it is
 * used.
 */
public final class Stores implements ObjectStore {
  private final Roots roots;
  private final LocalStore files = new LocalStore();
  private final Path temporary;

  private Stores(StoreSettings settings) {
    roots = Roots.of(settings.roots());
    temporary = settings.cache().resolve("temporary");
    try {
      Files.createDirectories(temporary);
    } catch (IOException e) {
      throw FileErrors.of(temporary, e);
    }
  }

  /** Opens the stores of a process. Nothing is asked of S3 before the first use. */
  public static Stores open(StoreSettings settings) {
    return new Stores(settings);
  }

  /** What this process may touch. */
  public Roots roots() {
    return roots;
  }

  /**
   * Makes sure that the store of {@code root} keeps the promise of {@link #create}: that only the
   * first creator wins.
   *
   * @throws StoreException if it does not
   */
  public void probe(Location root) {
    Location at = root.resolve("probe-" + UUID.randomUUID());
    byte[] content = "put once".getBytes(StandardCharsets.UTF_8);
    try {
      create(at, content);
      if (create(at, content)) {
        throw new StoreException(
            "The store of %s overwrites: it ignores If-None-Match.".formatted(root));
      }
    } finally {
      delete(at);
    }
  }

  /**
   * A file with the object's content: the file itself if it is local, otherwise a checked copy in
   * the cache.
   */
  public Path local(Location at) {
    return roots.require(at).path();
  }

  /** A path for a temporary file that does not exist yet. The caller deletes it. */
  public Path temporary(String extension) {
    return temporary.resolve(UUID.randomUUID() + "." + extension);
  }

  private ObjectStore store(Location at) {
    roots.require(at);
    if (!at.local()) {
      throw new StoreException("S3 is not there yet: %s".formatted(at));
    }
    return files;
  }

  /** Creates an object from a temporary file that is used up. */
  boolean adopt(Location at, Path file) {
    store(at);
    return at.local() ? files.adopt(at, file) : store(at).create(at, file);
  }

  @Override
  public boolean create(Location at, Path content) {
    return store(at).create(at, content);
  }

  @Override
  public boolean create(Location at, byte[] content) {
    return store(at).create(at, content);
  }

  @Override
  public byte[] read(Location at) {
    return store(at).read(at);
  }

  @Override
  public byte[] read(Location at, long offset, int length) {
    return store(at).read(at, offset, length);
  }

  @Override
  public InputStream open(Location at) {
    return store(at).open(at);
  }

  @Override
  public Optional<ObjectInfo> info(Location at) {
    return store(at).info(at);
  }

  @Override
  public List<ObjectInfo> list(Location folderOrObject) {
    return store(folderOrObject).list(folderOrObject);
  }

  @Override
  public void delete(Location at) {
    store(at).delete(at);
  }

  @Override
  public void close() {
    files.close();
  }
}
