package io.semanticids.publish;

import io.semanticids.publish.Manifest.PublishedObject;
import io.semanticids.store.Location;
import io.semanticids.store.MissingObjectException;
import io.semanticids.store.ObjectStore;
import io.semanticids.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder {@code <output>/runs/<run>/}: objects are put once, the manifest last.
 *
 * <p>A run that was interrupted while it published is published again: the same content is put,
 * what is there already is compared by its checksum. Not thread-safe.
 */
public final class RunFolder {
  private final ObjectStore store;
  private final Location folder;
  private final List<PublishedObject> objects = new ArrayList<>();

  /** The folder of one run, which may be there already. */
  public RunFolder(ObjectStore store, Location folder) {
    this(store, folder, List.of());
  }

  /** The folder of a run of which these objects are put already. */
  public RunFolder(ObjectStore store, Location folder, List<PublishedObject> put) {
    this.store = store;
    this.folder = folder;
    this.objects.addAll(put);
  }

  /** What was put so far, in that order. */
  public List<PublishedObject> objects() {
    return List.copyOf(objects);
  }

  /** The manifest of a run that is complete. */
  public static Optional<Manifest> manifest(ObjectStore store, Location folder) {
    try {
      return Optional.of(Manifest.read(store.read(folder.resolve(Manifest.NAME))));
    } catch (MissingObjectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException(
          "%s is damaged (%s). Delete the run's folder and run again."
              .formatted(folder.resolve(Manifest.NAME), e.getMessage()),
          e);
    }
  }

  /**
   * Puts a file. The same name in the same run always has the same content.
   *
   * @param name below the run's folder, with {@code /}
   * @throws StoreException if an object of other content has this name
   */
  public void put(String name, Path file) throws IOException {
    Content ours;
    try (InputStream in = Files.newInputStream(file)) {
      ours = Content.of(in);
    }
    Location at = folder.resolve(name);
    if (!store.create(at, file)) {
      requireSame(at, ours);
    }
    add(name, ours);
  }

  /** Puts an object, as {@link #put(String, Path)} does. */
  public void put(String name, byte[] bytes) throws IOException {
    Content ours = Content.of(new ByteArrayInputStream(bytes));
    Location at = folder.resolve(name);
    if (!store.create(at, bytes)) {
      requireSame(at, ours);
    }
    add(name, ours);
  }

  /**
   * Puts the manifest over everything that was put before it; the run is complete then.
   *
   * @return the manifest that is there, which is an earlier one if there was one
   */
  public Manifest finish(Lineage lineage) {
    Manifest ours =
        new Manifest(
            Manifest.FORMAT,
            Manifest.VERSION,
            lineage.run(),
            lineage.request(),
            lineage.fingerprints(),
            lineage.deviceClass(),
            lineage.versions(),
            objects);
    if (store.create(folder.resolve(Manifest.NAME), ours.write())) {
      return ours;
    }
    return manifest(store, folder).orElse(ours);
  }

  private void add(String name, Content content) {
    objects.add(new PublishedObject(name, content.bytes(), content.sha256()));
  }

  private void requireSame(Location at, Content ours) throws IOException {
    Content theirs = stored(at);
    if (!theirs.equals(ours)) {
      throw new StoreException(
          ("%s exists with other content (%d bytes, SHA-256 %s; this run has %d bytes, %s)."
                  + " Give the run another name, or delete that folder.")
              .formatted(at, theirs.bytes(), theirs.sha256(), ours.bytes(), ours.sha256()));
    }
  }

  private Content stored(Location at) throws IOException {
    try (InputStream in = store.open(at)) {
      return Content.of(in);
    }
  }
}
