package io.semanticids.sid;

import io.semanticids.adapters.SemanticIdsActivities;
import io.semanticids.adapters.StageListener;
import io.semanticids.adapters.WorkerSettings;
import io.semanticids.embed.EmbeddingDevice;
import io.semanticids.store.Location;
import java.util.List;

/** The activities of commands that need no server. */
final class LocalActivities {
  private LocalActivities() {}

  /** For commands that read. */
  static SemanticIdsActivities reading(
      List<String> roots, int threads, EmbeddingDevice device, StageListener listener) {
    return SemanticIdsActivities.open(
        new WorkerSettings(roots, Caches.folder(), Caches.BYTES, threads, listener)
            .withDevice(device));
  }

  /**
   * For commands that write below {@code output}.
   *
   * @throws io.semanticids.store.StoreException where the output is in a store that does not honour
   *     put-once commits, or cannot be written
   */
  static SemanticIdsActivities writing(
      List<String> roots,
      Location output,
      int threads,
      EmbeddingDevice device,
      StageListener listener) {
    SemanticIdsActivities activities = reading(roots, threads, device, listener);
    if (!output.local()) {
      try {
        activities.probe(output);
      } catch (RuntimeException e) {
        activities.close();
        throw e;
      }
    }
    return activities;
  }
}
