package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.store.ArtifactFolder;
import io.semanticids.store.Column;
import io.semanticids.store.ColumnFile;
import io.semanticids.store.DamagedObjectException;
import io.semanticids.store.Location;
import io.semanticids.store.MappedFile;
import io.semanticids.store.PartContent;
import io.semanticids.store.PartMarker;
import io.semanticids.store.PartWriter;
import io.semanticids.store.Stores;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.RunContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What one activity has open: its stage's folder, its inputs, mapped files. Closed when the
 * activity ends.
 */
final class StageScope implements AutoCloseable {
  /** Stages whose parts follow the cut into shards. */
  private static final Set<String> SHARDED =
      Set.of(
          "prepare",
          "embed",
          "encode",
          "soft-loads",
          "repair",
          "assign",
          "shuffle",
          "scatter",
          "evaluate");

  private final Engines engines;
  private final RunContext context;
  private final Artifact artifact;
  private final Map<Path, MappedFile> mapped = new HashMap<>();
  private final Map<Part, PartMarker> markers = new ConcurrentHashMap<>();
  private final Set<Integer> missing = ConcurrentHashMap.newKeySet();
  private final Set<Artifact> changing = ConcurrentHashMap.newKeySet();
  private final Map<Object, Object> read = new HashMap<>();
  private final Map<Artifact, Items> items = new HashMap<>();
  private final Map<Artifact, StoredVectors> vectors = new HashMap<>();
  private Consumer<String> remarks = text -> {};

  private record Part(Artifact of, int number) {}

  StageScope(Engines engines, RunContext context, Artifact artifact) {
    this.engines = engines;
    this.context = context;
    this.artifact = artifact;
  }

  /** Where remarks on the task in hand go. */
  void tell(Consumer<String> listener) {
    remarks = listener;
  }

  /** Says something about the task in hand that people should see where it is shown. */
  void remark(String text) {
    remarks.accept(text);
  }

  Artifact artifact() {
    return artifact;
  }

  String fingerprint() {
    return artifact.fingerprint();
  }

  RunContext context() {
    return context;
  }

  Engines engines() {
    return engines;
  }

  Stores stores() {
    return engines.stores();
  }

  Arithmetic arithmetic() {
    return engines.arithmetic();
  }

  /** The folder of the stage that is computed. */
  ArtifactFolder output() {
    return folder(artifact);
  }

  /** The folder of an artifact of this run. */
  ArtifactFolder folder(Artifact of) {
    Location output = engines.stores().roots().require(Location.parse(context.output()));
    OptionalInt shardRows =
        SHARDED.contains(of.stage()) ? OptionalInt.of(context.shardRows()) : OptionalInt.empty();
    return ArtifactFolder.of(engines.stores(), output, of.stage(), of.fingerprint(), shardRows);
  }

  /**
   * Commits a part of the stage that is computed: an Arrow file of these columns.
   *
   * @param rows how many there are
   * @param facts for the marker; where the columns lie is added to them
   * @param metadata of the Arrow schema
   */
  void commit(
      int part, long rows, ObjectNode facts, Map<String, String> metadata, Column... columns) {
    commit(
        part,
        "arrow",
        file -> {
          facts.set("columns", ColumnFile.write(file, metadata, columns));
          return new PartContent(rows, facts);
        });
  }

  /** Commits a part of the stage that is computed, unless it is committed. */
  void commit(int part, String extension, PartWriter writer) {
    PartMarker winner =
        missing.remove(part)
            ? output().commitMissing(part, extension, writer)
            : output().commit(part, extension, writer);
    markers.put(new Part(artifact, part), winner);
  }

  /** Whether a part of the stage that is computed is committed. */
  boolean committed(int part) {
    Optional<PartMarker> found = output().marker(part);
    found.ifPresentOrElse(
        marker -> markers.put(new Part(artifact, part), marker), () -> missing.add(part));
    return found.isPresent();
  }

  /** Deletes parts 0 to {@code parts - 1} of the stage that is computed, where they exist. */
  void deleteParts(int parts) {
    ArtifactFolder folder = output();
    for (int part = 0; part < parts; part++) {
      PartMarker known = markers.remove(new Part(artifact, part));
      Optional<PartMarker> marker = known == null ? folder.marker(part) : Optional.of(known);
      marker.ifPresent(folder::delete);
    }
  }

  /** Deletes a part of another stage, where it exists. */
  void delete(Artifact of, int part) {
    ArtifactFolder folder = folder(of);
    folder.marker(part).ifPresent(folder::delete);
  }

  /** The facts of a finished stage. */
  JsonNode facts(Artifact of) {
    return manifest(of).path("facts");
  }

  /** The manifest of a finished stage. */
  JsonNode manifest(Artifact of) {
    ArtifactFolder folder = folder(of);
    return engines
        .finished()
        .manifest(folder)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The stage before this one is not finished: there is no manifest in %s."
                        .formatted(folder.location().uri())));
  }

  /**
   * What {@code source} gives, read once in a task for each key: all its units read the same
   * levels.
   */
  @SuppressWarnings("unchecked") // a key stands for one source
  synchronized <T> T once(Object key, Supplier<T> source) {
    Object known = read.get(key);
    if (known == null) {
      known = source.get();
      read.put(key, known);
    }
    return (T) known;
  }

  /** The prepared catalogue. */
  Items items(Artifact of) {
    return items.computeIfAbsent(of, key -> Items.read(this, key));
  }

  /** The vectors of the prepared catalogue. */
  StoredVectors vectors(Artifact itemsOf, Artifact vectorsOf) {
    return vectors.computeIfAbsent(vectorsOf, key -> StoredVectors.open(this, itemsOf, key));
  }

  /** A committed part of an artifact, mapped. */
  StoredPart part(Artifact of, int part) {
    Path file = file(of, part);
    return new StoredPart(marker(of, part), file, map(file));
  }

  /** A committed part of an artifact, as a local file. */
  Path file(Artifact of, int part) {
    PartMarker marker = marker(of, part);
    engines.listener().read(artifact.stage(), marker.bytes());
    try {
      return folder(of).fetch(marker);
    } catch (DamagedObjectException e) {
      // Or it was deleted and made again since this process asked for its marker.
      engines.finished().forget(folder(of), part);
      markers.remove(new Part(of, part));
      PartMarker now = marker(of, part);
      if (now.object().equals(marker.object())) {
        throw e;
      }
      return folder(of).fetch(now);
    }
  }

  /** The marker of a committed part: asked for once, since it never changes. */
  PartMarker marker(Artifact of, int part) {
    return markers.computeIfAbsent(new Part(of, part), this::read);
  }

  /** Parts of this artifact may be deleted and made again at any time. */
  void changes(Artifact of) {
    changing.add(of);
    markers.keySet().removeIf(part -> part.of().equals(of));
  }

  private PartMarker read(Part part) {
    ArtifactFolder folder = folder(part.of());
    boolean mayChange = part.of().equals(artifact) || changing.contains(part.of());
    Optional<PartMarker> found =
        mayChange ? folder.marker(part.number()) : engines.finished().marker(folder, part.number());
    return found.orElseThrow(
        () ->
            new IllegalStateException(
                ("Part %d is not committed in %s. If that folder was changed by hand, delete it and start"
                        + " the run again.")
                    .formatted(part.number(), folder.location().uri())));
  }

  /** Maps a local file until this scope ends. */
  synchronized MappedFile map(Path file) {
    return mapped.computeIfAbsent(file, MappedFile::open);
  }

  @Override
  public synchronized void close() {
    mapped.values().forEach(MappedFile::close);
    mapped.clear();
  }
}
