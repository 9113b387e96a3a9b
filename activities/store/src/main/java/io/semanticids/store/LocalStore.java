package io.semanticids.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Objects that are local files. An object is written under a name that no listing shows, made
 * durable, and then linked to its own name, which fails if that exists.
 */
final class LocalStore implements ObjectStore {
  static final String UNFINISHED = ".sid-";

  @Override
  public boolean create(Location at, Path content) {
    return create(
        at,
        channel -> {
          try (FileChannel source = FileChannel.open(content, StandardOpenOption.READ)) {
            long size = source.size();
            for (long done = 0; done < size; ) {
              long copied = source.transferTo(done, size - done, channel);
              if (copied <= 0) {
                throw new IOException("%s became shorter while it was copied".formatted(content));
              }
              done += copied;
            }
          }
        });
  }

  @Override
  public boolean create(Location at, byte[] content) {
    return create(
        at,
        channel -> {
          ByteBuffer bytes = ByteBuffer.wrap(content);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  private interface Filler {
    void fill(FileChannel channel) throws IOException;
  }

  private static boolean create(Location at, Filler filler) {
    Path target = at.path();
    if (Files.exists(target)) {
      return false;
    }
    try {
      Path folder = Files.createDirectories(target.getParent());
      Path unfinished = folder.resolve(UNFINISHED + UUID.randomUUID());
      try {
        try (FileChannel channel =
            FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          filler.fill(channel);
          channel.force(true);
        }
        return Publication.publish(unfinished, target);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw FileErrors.of(at, e);
    }
  }

  /**
   * Creates an object from a temporary file that is used up: without a copy, where it is on the
   * same file system.
   */
  boolean adopt(Location at, Path temporary) {
    Path target = at.path();
    try {
      Files.createDirectories(target.getParent());
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      boolean created = Publication.link(temporary, target).orElseGet(() -> create(at, temporary));
      Files.deleteIfExists(temporary);
      return created;
    } catch (IOException e) {
      throw FileErrors.of(at, e);
    }
  }

  @Override
  public byte[] read(Location at) {
    try {
      return Files.readAllBytes(at.path());
    } catch (IOException e) {
      throw FileErrors.of(at, e);
    }
  }

  @Override
  public byte[] read(Location at, long offset, int length) {
    Ranges.check(at, offset, length);
    try (FileChannel channel = FileChannel.open(at.path(), StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, offset + bytes.position()) < 0) {
          throw Ranges.tooShort(at, offset, length, channel.size());
        }
      }
      return bytes.array();
    } catch (IOException e) {
      throw FileErrors.of(at, e);
    }
  }

  @Override
  public InputStream open(Location at) {
    try {
      return Files.newInputStream(at.path());
    } catch (IOException e) {
      throw FileErrors.of(at, e);
    }
  }

  @Override
  public Optional<ObjectInfo> info(Location at) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(at.path(), BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return Optional.empty();
      }
      return Optional.of(
          new ObjectInfo(
              at,
              attributes.size(),
              Long.toString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)),
              attributes.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (e instanceof FileSystemException file && "Not a directory".equals(file.getReason())) {
        return Optional.empty();
      }
      throw FileErrors.of(at, e);
    }
  }

  @Override
  public List<ObjectInfo> list(Location folderOrObject) {
    Path folder = folderOrObject.path();
    if (!Files.isDirectory(folder)) {
      return info(folderOrObject).map(List::of).orElse(List.of());
    }
    List<ObjectInfo> found = new ArrayList<>();
    try {
      for (Path file : Folders.files(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS))) {
        if (!file.getFileName().toString().startsWith(UNFINISHED)) {
          info(Location.of(file)).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      throw FileErrors.of(folderOrObject, e);
    }
    found.sort(ObjectOrder.BY_KEY);
    return List.copyOf(found);
  }

  /** Files that were begun before a moment and never finished. */
  List<Leftover> leftovers(Location folder, Instant before) {
    List<Leftover> found = new ArrayList<>();
    try {
      for (Path file : Folders.files(folder.path(), Set.of())) {
        if (file.getFileName().toString().startsWith(UNFINISHED)) {
          info(Location.of(file))
              .filter(info -> info.modified().isBefore(before))
              .ifPresent(i -> found.add(new Leftover(i.at(), i.bytes(), i.modified(), null)));
        }
      }
    } catch (IOException e) {
      throw FileErrors.of(folder, e);
    }
    return List.copyOf(found);
  }

  @Override
  public void delete(Location at) {
    try {
      Files.deleteIfExists(at.path());
    } catch (IOException e) {
      throw FileErrors.of(at, e);
    }
  }

  @Override
  public void close() {}
}
