package io.semanticids.sid;

import io.semanticids.embed.CheckpointFolder;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.store.Location;
import io.semanticids.store.Stores;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A checkpoint's files on this machine. */
final class Weights {
  private Weights() {}

  /** The folder; null where no weights are named. Remote ones are fetched once a machine. */
  static @Nullable CheckpointFolder folder(Stores stores, @Nullable Location weights) {
    return weights == null
        ? null
        : new CheckpointFolder(
            stores.localFolder(weights, TextEmbedders::checkpointFile), weights.toString());
  }

  /** What a command may read: its own locations, and the weights if there are any. */
  static List<Location> roots(@Nullable Location weights, Location... others) {
    return Stream.concat(Stream.of(others), Stream.ofNullable(weights)).toList();
  }
}
