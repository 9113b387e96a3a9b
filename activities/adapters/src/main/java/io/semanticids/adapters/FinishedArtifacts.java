package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.store.ArtifactFolder;
import io.semanticids.store.Location;
import io.semanticids.store.PartMarker;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Manifests and markers of finished stages, asked for once in a process: every task of a run reads
 * those of its inputs. They never change, but for moves of a repair ({@link RepairExecutor}). Who
 * deletes an artifact and makes it again ({@code sid gc}, a new run) gets the same facts and the
 * same bytes under other names of the data objects: see {@link #forget}. Thread-safe.
 */
final class FinishedArtifacts {
  /** A marker takes about a kilobyte. */
  private static final int MOST_MARKERS = 16_384;

  private static final int MOST_MANIFESTS = 1_024;

  private final Map<Location, JsonNode> manifests = longestUnusedGo(MOST_MANIFESTS);
  private final Map<Part, PartMarker> markers = longestUnusedGo(MOST_MARKERS);

  private record Part(Location folder, int number) {}

  /** The manifest, when the stage is finished. That it is not finished is not remembered. */
  Optional<JsonNode> manifest(ArtifactFolder folder) {
    JsonNode known = manifests.get(folder.location());
    if (known != null) {
      return Optional.of(known);
    }
    Optional<JsonNode> found = folder.manifest();
    found.ifPresent(manifest -> manifests.put(folder.location(), manifest));
    return found;
  }

  /** The marker of a part. That there is none is not remembered. */
  Optional<PartMarker> marker(ArtifactFolder folder, int part) {
    Part key = new Part(folder.location(), part);
    PartMarker known = markers.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<PartMarker> found = folder.marker(part);
    found.ifPresent(marker -> markers.put(key, marker));
    return found;
  }

  /** The next one who needs this marker asks the store: its data object is gone. */
  void forget(ArtifactFolder folder, int part) {
    markers.remove(new Part(folder.location(), part));
  }

  private static <K, V> Map<K, V> longestUnusedGo(int most) {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        });
  }
}
