package io.semanticids.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Put-once objects. Thread-safe. Every method may throw a {@link StoreException}.
 *
 * <p>An object is created or it is not: among any number of creators, in any number of processes,
 * one wins, and nobody sees its bytes before all of them are there and durable.
 */
public interface ObjectStore extends AutoCloseable {
  /**
   * Creates an object from a file's content.
   *
   * @return false when the object exists already; it is left as it is
   */
  boolean create(Location at, Path content);

  /**
   * Creates an object.
   *
   * @return false when the object exists already; it is left as it is
   */
  boolean create(Location at, byte[] content);

  /**
   * All bytes of an object.
   *
   * @throws MissingObjectException if there is none
   */
  byte[] read(Location at);

  /**
   * Bytes {@code [offset, offset + length)} of an object.
   *
   * @throws MissingObjectException if there is none
   * @throws DamagedObjectException if it ends before
   */
  byte[] read(Location at, long offset, int length);

  /**
   * A stream of all bytes; the caller closes it.
   *
   * @throws MissingObjectException if there is no such object
   */
  InputStream open(Location at);

  /** What the store says about an object; empty if there is none (a folder is none). */
  Optional<ObjectInfo> info(Location at);

  /**
   * The objects below a folder, at any depth, in the order of their UTF-8 bytes; the object itself
   * if it is one; none if there is nothing. Unfinished objects are not listed.
   */
  List<ObjectInfo> list(Location folderOrObject);

  /** Deletes an object; nothing happens when there is none. */
  void delete(Location at);

  @Override
  void close();
}
