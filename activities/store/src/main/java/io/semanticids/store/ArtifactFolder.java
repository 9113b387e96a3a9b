package io.semanticids.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What one stage has made: {@code <output>/artifacts/<stage>/<fingerprint>/[rows-N/]}. Parts are
 * committed one by one, the manifest last; who comes second finds the first one's work.
 * Thread-safe.
 */
public final class ArtifactFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "manifest.json";

  private final Stores stores;
  private final Location location;

  private ArtifactFolder(Stores stores, Location location) {
    this.stores = stores;
    this.location = stores.roots().require(location);
  }

  /**
   * The folder of a stage's output.
   *
   * @param shardRows names the folder of the shards below it, for stages that are cut into shards
   */
  public static ArtifactFolder of(
      Stores stores, Location output, String stage, String fingerprint, OptionalInt shardRows) {
    Location folder = output.resolve("artifacts").resolve(stage).resolve(fingerprint);
    return new ArtifactFolder(
        stores, shardRows.isPresent() ? folder.resolve("rows-" + shardRows.getAsInt()) : folder);
  }

  /** Where it is. */
  public Location location() {
    return location;
  }

  /** The marker of a part that is done. */
  public Optional<PartMarker> marker(int part) {
    return read(PartMarker.name(part)).map(PartMarker::of);
  }

  /**
   * Does a part unless it is done. The content goes to an object of this attempt's own name; the
   * marker, created once, says which attempt won. One that comes late adopts the winner's marker
   * and deletes its own object.
   *
   * @return the winner's marker
   */
  public PartMarker commit(int part, String extension, PartWriter writer) {
    Optional<PartMarker> done = marker(part);
    if (done.isPresent()) {
      return done.get();
    }
    Path file = stores.temporary(extension);
    try {
      long start = System.nanoTime();
      PartContent content = writer.write(file);
      double seconds = (System.nanoTime() - start) / 1e9;
      String object = "part-%05d-%s.%s".formatted(part, UUID.randomUUID(), extension);
      PartMarker own =
          new PartMarker(
              part,
              content.rows(),
              Files.size(file),
              Checksums.of(file),
              object,
              seconds,
              content.facts());
      stores.adopt(location.resolve(object), file);
      if (stores.create(location.resolve(PartMarker.name(part)), bytes(own.json()))) {
        return own;
      }
      PartMarker winner = marker(part).orElseThrow();
      if (!winner.object().equals(object)) {
        stores.delete(location.resolve(object));
      }
      return winner;
    } catch (IOException e) {
      throw FileErrors.of(file, e);
    } finally {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // The next start of a process removes it.
      }
    }
  }

  /**
   * A local file with a part's content, its checksum verified once in this process.
   *
   * @throws DamagedObjectException if the object is missing, torn or altered
   */
  public Path fetch(PartMarker marker) {
    return stores.local(location.resolve(marker.object()));
  }

  /** The manifest, when the stage is done. */
  public Optional<JsonNode> manifest() {
    return read(MANIFEST);
  }

  /**
   * Says that the stage is done.
   *
   * @return the manifest that was there first: this one or another's
   */
  public JsonNode commitManifest(JsonNode manifest) {
    if (stores.create(location.resolve(MANIFEST), bytes(manifest))) {
      return manifest;
    }
    return manifest().orElseThrow();
  }

  /**
   * Deletes parts 0 to {@code parts - 1} where they exist: scratch that a committed manifest has
   * consumed.
   */
  public void deleteParts(int parts) {
    for (int part = 0; part < parts; part++) {
      Optional<PartMarker> marker = marker(part);
      // The marker goes first: one without its object would read as damage.
      stores.delete(location.resolve(PartMarker.name(part)));
      marker.ifPresent(gone -> stores.delete(location.resolve(gone.object())));
    }
  }

  private Optional<JsonNode> read(String name) {
    Location at = location.resolve(name);
    try {
      return Optional.of(JSON.readTree(stores.read(at)));
    } catch (MissingObjectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new DamagedObjectException("%s is no JSON.".formatted(at), e);
    }
  }

  private static byte[] bytes(JsonNode json) {
    return (json.toPrettyString() + "\n").getBytes(UTF_8);
  }
}
