package io.semanticids.embed;

import java.util.Optional;

/**
 * The models that a request can name, with their defaults. Where a checkpoint is read, its
 * configuration has the last word on dimensions and positions.
 */
enum KnownModel {
  MINILM("minilm", "mean", 384, 256, 512, false, ""),
  /**
   * Model card of Qwen3-Embedding: last-token pooling, 1,024 dimensions, 8,192 tokens in its
   * examples.
   */
  QWEN3_EMBEDDING_0_6B(
      "qwen3-embedding-0.6b", "last", 1_024, 8_192, 32_768, true, "Instruct: %s\nQuery:"),
  QWEN3_EMBEDDING_8B(
      "qwen3-embedding-8b", "last", 4_096, 8_192, 32_768, true, "Instruct: %s\nQuery:"),
  GEMMA_3_270M("gemma-3-270m", "last", 640, 8_192, 32_768, true, "%s"),
  /** Any checkpoint of a supported family. */
  CHECKPOINT("checkpoint", "last", Integer.MAX_VALUE, 8_192, Integer.MAX_VALUE, true, "%s");

  private final String text;
  private final String pooling;
  private final int dimensions;
  private final int defaultTokens;
  private final int mostTokens;
  private final boolean weights;
  private final String instructionFormat;

  KnownModel(
      String text,
      String pooling,
      int dimensions,
      int defaultTokens,
      int mostTokens,
      boolean weights,
      String instructionFormat) {
    this.text = text;
    this.pooling = pooling;
    this.dimensions = dimensions;
    this.defaultTokens = defaultTokens;
    this.mostTokens = mostTokens;
    this.weights = weights;
    this.instructionFormat = instructionFormat;
  }

  static Optional<KnownModel> named(String name) {
    for (KnownModel model : values()) {
      if (model.text.equals(name)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }

  /** The name in a request. */
  String text() {
    return text;
  }

  String pooling() {
    return pooling;
  }

  /** The length of its vectors; {@code Integer.MAX_VALUE} when only the checkpoint knows. */
  int dimensions() {
    return dimensions;
  }

  int defaultTokens() {
    return defaultTokens;
  }

  int mostTokens() {
    return mostTokens;
  }

  boolean needsWeights() {
    return weights;
  }

  boolean takesInstruction() {
    return !instructionFormat.isEmpty();
  }

  /** What stands before a text when an instruction is given. */
  String prefix(String instruction) {
    return instructionFormat.replace("%s", instruction);
  }
}
