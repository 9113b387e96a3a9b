package io.semanticids.embed;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which model embeds, and how. Null means the model's own default. Any values are legal here:
 * {@link TextEmbedders#problems} says what a model cannot do.
 *
 * @param name one of {@link TextEmbedders#names}
 * @param weights a Hugging Face checkpoint folder; null for a model that comes with the program
 * @param dimensions keep only this many leading values of a vector (Matryoshka); at most the
 *     model's own
 * @param maxTokens cut texts to this many tokens, special ones included
 * @param normalize divide each vector, after it is cut to its dimensions, by its length
 * @param instruction what is said to the model before each text
 * @param pooling {@code mean} or {@code last}
 * @param precision {@code float32} or {@code bfloat16}: of the arithmetic inside
 * @param device what checkpoints compute on; {@code minilm} always uses the processor
 */
public record ModelSettings(
    String name,
    @Nullable CheckpointFolder weights,
    @Nullable Integer dimensions,
    @Nullable Integer maxTokens,
    boolean normalize,
    @Nullable String instruction,
    @Nullable String pooling,
    @Nullable String precision,
    EmbeddingDevice device) {
  public ModelSettings {
    Objects.requireNonNull(name, "A model needs a name.");
  }

  /** A model with all its defaults, and unit vectors, on the processor. */
  public static ModelSettings of(String name) {
    return new ModelSettings(name, null, null, null, true, null, null, null, EmbeddingDevice.CPU);
  }

  /** Weights in a folder of this machine's own. */
  public ModelSettings withWeights(Path folder) {
    return withWeights(CheckpointFolder.of(folder));
  }

  public ModelSettings withWeights(@Nullable CheckpointFolder weights) {
    return new ModelSettings(
        name, weights, dimensions, maxTokens, normalize, instruction, pooling, precision, device);
  }

  public ModelSettings withDimensions(@Nullable Integer dimensions) {
    return new ModelSettings(
        name, weights, dimensions, maxTokens, normalize, instruction, pooling, precision, device);
  }

  public ModelSettings withMaxTokens(@Nullable Integer maxTokens) {
    return new ModelSettings(
        name, weights, dimensions, maxTokens, normalize, instruction, pooling, precision, device);
  }

  public ModelSettings withNormalize(boolean normalize) {
    return new ModelSettings(
        name, weights, dimensions, maxTokens, normalize, instruction, pooling, precision, device);
  }

  public ModelSettings withInstruction(@Nullable String instruction) {
    return new ModelSettings(
        name, weights, dimensions, maxTokens, normalize, instruction, pooling, precision, device);
  }

  public ModelSettings withPooling(@Nullable String pooling) {
    return new ModelSettings(
        name, weights, dimensions, maxTokens, normalize, instruction, pooling, precision, device);
  }

  public ModelSettings withPrecision(@Nullable String precision) {
    return new ModelSettings(
        name, weights, dimensions, maxTokens, normalize, instruction, pooling, precision, device);
  }

  public ModelSettings withDevice(EmbeddingDevice device) {
    return new ModelSettings(
        name, weights, dimensions, maxTokens, normalize, instruction, pooling, precision, device);
  }
}
