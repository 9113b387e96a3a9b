package io.semanticids.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * All objects that a process may touch, in local folders and in S3: every location is checked
 * against the roots before it is used. Holds the process's cache and temporary files; close it at
 * the end.
 */
public final class Stores implements ObjectStore {
  /** Whoever got the path of a cached object opens it within this time. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final Roots roots;
  private final LocalStore files = new LocalStore();
  private final Supplier<S3Store> s3Factory;
  private @Nullable S3Store s3;
  private final TemporaryFiles temporary;
  private final ObjectCache cache;
  private final Verified verified = new Verified();
  private final LongConsumer fetched;

  private Stores(StoreSettings settings, Supplier<S3Store> s3Factory) {
    this.roots = Roots.of(settings.roots());
    this.s3Factory = s3Factory;
    this.fetched = settings.fetched();
    try {
      Files.createDirectories(settings.cache());
    } catch (IOException e) {
      throw FileErrors.of(settings.cache(), e);
    }
    Path folder = settings.cache().toAbsolutePath();
    this.temporary = TemporaryFiles.open(folder);
    this.cache = new ObjectCache(folder, settings.cacheBytes(), GRACE, Clock.systemUTC());
  }

  /**
   * Opens the stores of a process and removes the temporary files that killed ones left in this
   * cache. S3 is set up at its first use, by the AWS default chain of credentials and the
   * environment ({@code AWS_ENDPOINT_URL_S3}, {@code AWS_REGION}).
   */
  public static Stores open(StoreSettings settings) {
    return open(
        settings,
        () ->
            new S3Store(
                S3Clients.open(System::getenv, DefaultCredentialsProvider.builder().build()),
                S3Clients.endpoint(System::getenv)));
  }

  static Stores open(StoreSettings settings, Supplier<S3Store> s3) {
    return new Stores(settings, s3);
  }

  /** What this process may touch. */
  public Roots roots() {
    return roots;
  }

  /**
   * Makes sure that the store of {@code root} can be written and keeps the promise of {@link
   * #create}: that only the first creator wins.
   *
   * @throws StoreException if it does not
   */
  public void probe(Location root) {
    Location at = root.resolve(LocalStore.UNFINISHED + "probe-" + UUID.randomUUID());
    byte[] content = "put once".getBytes(StandardCharsets.UTF_8);
    create(at, content);
    try {
      if (create(at, content)) {
        throw new StoreException(
            ("The store of %s overwrites objects: it ignores If-None-Match, so that two workers could destroy each"
                    + " other's results. Use a store that honours it.")
                .formatted(root));
      }
    } finally {
      delete(at);
    }
  }

  /**
   * A file with the object's content: the file itself if it is local, otherwise a checked copy in
   * the cache. Open it within ten minutes, or ask again.
   *
   * @throws MissingObjectException if there is no such object
   */
  public Path local(Location at) {
    ObjectInfo info =
        info(at)
            .orElseThrow(
                () ->
                    new MissingObjectException(
                        "%s does not exist: check the location.".formatted(at)));
    return at.local()
        ? at.path()
        : cache.get(
            at,
            info.version(),
            temporary("part"),
            file -> s3().download(at, info.version(), file, fetched),
            sha256 -> {});
  }

  /**
   * A folder with the content of objects below a location, under their names: the folder itself if
   * it is local, otherwise a folder of links to copies in the cache that lives as long as these
   * stores.
   *
   * @param wanted says by the name below the location which objects are needed
   * @throws MissingObjectException if a remote location has none of them
   */
  public Path localFolder(Location folder, Predicate<String> wanted) {
    roots.require(folder);
    if (folder.local()) {
      return folder.path();
    }
    Path copies = temporary("folder");
    boolean found = false;
    for (ObjectInfo object : list(folder)) {
      String below = object.at().key().substring(folder.key().length());
      String name = below.startsWith("/") ? below.substring(1) : object.at().name();
      if (!wanted.test(name)) {
        continue;
      }
      found = true;
      Path target = copies.resolve(name);
      try {
        Files.createDirectories(target.getParent());
        Files.createLink(target, local(object.at()));
      } catch (IOException e) {
        throw FileErrors.of(target, e);
      }
    }
    if (!found) {
      throw new MissingObjectException(
          "%s has none of the files that are needed: check the location.".formatted(folder));
    }
    return copies;
  }

  /**
   * A path for a temporary file that does not exist yet; it is removed at the latest when these
   * stores are closed.
   */
  public Path temporary(String extension) {
    return temporary.next(extension);
  }

  /** The folder of this process's temporary files; it is removed when these stores are closed. */
  public Path temporaryFolder() {
    return temporary.folder();
  }

  /** What killed processes left unfinished below a folder, if it was begun before a moment. */
  public List<Leftover> leftovers(Location folder, Instant before) {
    roots.require(folder);
    return folder.local() ? files.leftovers(folder, before) : s3().leftovers(folder, before);
  }

  /** Removes what a killed process left unfinished. */
  public void remove(Leftover leftover) {
    roots.require(leftover.at());
    if (leftover.upload() == null) {
      delete(leftover.at());
    } else {
      s3().abort(leftover.at(), leftover.upload());
    }
  }

  private ObjectStore store(Location at) {
    roots.require(at);
    return at.local() ? files : s3();
  }

  private synchronized S3Store s3() {
    if (s3 == null) {
      s3 = s3Factory.get();
    }
    return s3;
  }

  /** Creates an object from a temporary file that is used up. */
  boolean adopt(Location at, Path file, String sha256) {
    roots.require(at);
    if (!at.local()) {
      return s3().create(at, file);
    }
    boolean created = files.adopt(at, file);
    try {
      if (created) {
        verified.put(at.path(), sha256);
      }
    } catch (IOException e) {
      throw FileErrors.of(at, e);
    }
    return created;
  }

  /**
   * A local file whose length and SHA-256 are as they should be.
   *
   * @throws DamagedObjectException if the object is missing or different
   */
  Path verified(Location at, long bytes, String sha256) {
    try {
      ObjectInfo info;
      if (at.local()) {
        info = info(at).orElseThrow(() -> damaged(at, "it is missing"));
        requireEqual(at, "bytes", Long.toString(bytes), Long.toString(info.bytes()));
        return verified.alone(
            at,
            () -> {
              requireEqual(
                  at, "SHA-256", sha256, verified.check(at.path(), () -> Checksums.of(at.path())));
              return at.path();
            });
      }
      roots.require(at);
      return cache.get(
          at,
          "sha256:" + sha256,
          temporary("part"),
          file -> s3().download(at, null, file, fetched),
          found -> requireEqual(at, "SHA-256", sha256, found));
    } catch (MissingObjectException e) {
      if (info(at).isEmpty()) {
        throw damaged(at, "it is missing");
      }
      throw e;
    } catch (IOException e) {
      throw FileErrors.of(at, e);
    }
  }

  private static void requireEqual(Location at, String what, String said, String found) {
    if (!said.equals(found)) {
      throw damaged(at, "its %s is %s, its marker says %s".formatted(what, found, said));
    }
  }

  static DamagedObjectException damaged(Location at, String how) {
    return new DamagedObjectException(
        "%s is damaged (%s). Drop it and what depends on it with: sid gc --damaged --delete"
            .formatted(at, how));
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
    List<ObjectInfo> objects = store(folderOrObject).list(folderOrObject);
    // A listing follows symbolic links, which may lead outside.
    objects.forEach(object -> roots.require(object.at()));
    return objects;
  }

  @Override
  public void delete(Location at) {
    store(at).delete(at);
  }

  @Override
  public synchronized void close() {
    if (s3 != null) {
      s3.close();
    }
    temporary.close();
  }
}
