package io.semanticids.catalogue;

/**
 * Takes the shards of a catalogue in row order: those of the training rows, then those of the test
 * rows, which begin with a fresh shard. What it throws ends the pass.
 */
@FunctionalInterface
public interface ItemSink {
  /** Takes one shard; its arrays are the sink's to keep. */
  void shard(ItemShard shard);
}
