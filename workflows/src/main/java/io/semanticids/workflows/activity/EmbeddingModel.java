package io.semanticids.workflows.activity;

import org.jspecify.annotations.Nullable;

/**
 * Everything of a model that its vectors depend on.
 *
 * @param name as in the request
 * @param weights SHA-256 of the weights; null for a model that is built in
 * @param dimensions null: all that the model has
 * @param maxTokens null: the model's own
 * @param precision {@code float32}, {@code bfloat16}, or null for the checkpoint's own
 */
public record EmbeddingModel(
    String name,
    @Nullable String weights,
    @Nullable Integer dimensions,
    @Nullable Integer maxTokens,
    boolean normalize,
    @Nullable String instruction,
    @Nullable String pooling,
    @Nullable String precision) {
  /** The same, with weights of this identity. */
  public EmbeddingModel withWeights(String sha256) {
    return new EmbeddingModel(
        name, sha256, dimensions, maxTokens, normalize, instruction, pooling, precision);
  }
}
