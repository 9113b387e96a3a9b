package io.semanticids.workflows.activity;

import org.jspecify.annotations.Nullable;

/**
 * Where a run reads and writes, and how it is cut: nothing here can change a result.
 *
 * @param output the folder that holds {@code artifacts/} and {@code runs/}
 * @param dataset the training catalogue
 * @param test the test catalogue, null without one
 * @param weights the checkpoint, null for a built-in model
 * @param shardRows rows in a shard, a multiple of 512
 */
public record RunContext(
    String output,
    String dataset,
    @Nullable String test,
    @Nullable String weights,
    int shardRows) {}
