package io.semanticids.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What one stage has made: {@code <output>/artifacts/<stage>/<fingerprint>/[rows-N/]}. Parts are
 * committed one by one, the manifest last; who comes second finds the first one's work.
 * Thread-safe.
 */
public final class ArtifactFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "manifest.json";
  private static final Pattern MARKER = Pattern.compile("part-\\d{5,}\\.json");

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

  /** A folder that is there already. */
  public static ArtifactFolder at(Stores stores, Location folder) {
    return new ArtifactFolder(stores, folder);
  }

  /** Where it is. */
  public Location location() {
    return location;
  }

  /** The marker of a part that is done. */
  public Optional<PartMarker> marker(int part) {
    return marker(location.resolve(PartMarker.name(part)));
  }

  private Optional<PartMarker> marker(Location at) {
    try {
      return read(at).map(PartMarker::of);
    } catch (IllegalArgumentException e) {
      throw new DamagedObjectException(
          "The marker %s cannot be used: %s Drop it with: sid gc --damaged --delete"
              .formatted(at, e.getMessage()),
          e);
    }
  }

  /**
   * Does a part unless it is done. The content goes to an object of this attempt's own name; the
   * marker, created once, says which attempt won. One that comes late adopts the winner's marker
   * and deletes its own object.
   *
   * @param extension of the object's name, without the dot
   * @return the winner's marker
   */
  public PartMarker commit(int part, String extension, PartWriter writer) {
    Optional<PartMarker> done = marker(part);
    return done.isPresent() ? done.get() : commitMissing(part, extension, writer);
  }

  /** The same for a part whose marker was just seen to be missing: it is not asked for again. */
  public PartMarker commitMissing(int part, String extension, PartWriter writer) {
    Path file = stores.temporary(extension);
    try {
      long start = System.nanoTime();
      PartContent content = writer.write(file);
      double seconds = (System.nanoTime() - start) / 1e9;
      String object = "part-%05d-%s.%s".formatted(part, UUID.randomUUID(), extension);
      String sha256 = Checksums.of(file);
      return commit(
          new PartMarker(
              part, content.rows(), Files.size(file), sha256, object, seconds, content.facts()),
          file);
    } catch (IOException e) {
      throw FileErrors.of(
          "part %d of %s in %s".formatted(part, location, stores.temporaryFolder()), e);
    } finally {
      delete(file);
    }
  }

  private PartMarker commit(PartMarker own, Path file) {
    Location object = location.resolve(own.object());
    stores.adopt(object, file, own.sha256());
    Location at = location.resolve(PartMarker.name(own.part()));
    boolean created = stores.create(at, bytes(own.json()));
    // Read back in any case: a creation whose answer was lost is sent again and finds itself, and
    // some gateways
    // check and write in two steps, so that two creators in the same moment may both be told that
    // they won.
    PartMarker winner =
        marker(own.part())
            .orElseThrow(
                () ->
                    new StoreUnavailableException(
                        "The marker %s was deleted while part %d was committed: start again."
                            .formatted(at, own.part())));
    if (!created && !winner.object().equals(own.object())) {
      stores.delete(object);
    }
    return winner;
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The next start of a process removes it.
    }
  }

  /**
   * A local file with a part's content. Its checksum is verified once in this process.
   *
   * @throws DamagedObjectException if the object is missing, torn or altered
   */
  public Path fetch(PartMarker marker) {
    return stores.verified(location.resolve(marker.object()), marker.bytes(), marker.sha256());
  }

  /** The manifest, when the stage is done. */
  public Optional<JsonNode> manifest() {
    return read(location.resolve(MANIFEST));
  }

  /**
   * Says that the stage is done.
   *
   * @return the manifest that was there first: this one or another's
   */
  public JsonNode commitManifest(JsonNode manifest) {
    stores.create(location.resolve(MANIFEST), bytes(manifest));
    return manifest()
        .orElseThrow(
            () ->
                new StoreUnavailableException(
                    "The manifest of %s was deleted while it was committed: start again."
                        .formatted(location)));
  }

  /**
   * Deletes parts 0 to {@code parts - 1} where they exist: scratch that a committed manifest has
   * consumed.
   */
  public void deleteParts(int parts) {
    for (int part = 0; part < parts; part++) {
      marker(part).ifPresent(this::delete);
    }
  }

  /** Deletes a part. */
  public void delete(PartMarker marker) {
    // The marker goes first: one without its object would read as damage.
    stores.delete(location.resolve(PartMarker.name(marker.part())));
    stores.delete(location.resolve(marker.object()));
  }

  /**
   * Deletes all of it, what says that something is done before what is done. Part by part, so that
   * whoever is killed meanwhile leaves no more than one part's objects without a marker.
   */
  public void drop() {
    stores.delete(location.resolve(MANIFEST));
    stores.list(location).stream()
        .map(ObjectInfo::at)
        .sorted(Comparator.comparing(ArtifactFolder::part).thenComparing(at -> !isMarker(at)))
        .forEach(stores::delete);
  }

  /** What the names of a part's marker and of its objects begin with. */
  private static String part(Location at) {
    return at.name().replaceFirst("^(part-\\d+).*", "$1");
  }

  private static boolean isMarker(Location at) {
    return MARKER.matcher(at.name()).matches();
  }

  private Optional<JsonNode> read(Location at) {
    try {
      return Optional.of(JSON.readTree(stores.read(at)));
    } catch (MissingObjectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new DamagedObjectException(
          "%s is no JSON. Drop it with: sid gc --damaged --delete".formatted(at), e);
    }
  }

  private static byte[] bytes(JsonNode json) {
    return (json.toPrettyString() + "\n").getBytes(UTF_8);
  }
}
