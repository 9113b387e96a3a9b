package io.semanticids.sid;

import io.semanticids.embed.ModelSettings;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.store.Location;
import io.semanticids.store.Stores;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The model that embeds, with the request's words for its settings. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "M",
      defaultValue = "minilm",
      description = "The model, as in a request. Default: ${DEFAULT-VALUE}.")
  private String model = "minilm";

  @Option(
      names = "--weights",
      paramLabel = "DIR",
      description = "The checkpoint's folder or s3:// prefix; minilm is built in and needs none.")
  private @Nullable String weights;

  @Option(
      names = "--dimensions",
      paramLabel = "D",
      description = "Keep the first D values of a vector. Default: all.")
  private @Nullable Integer dimensions;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Cut texts to N tokens. Default: the model's own.")
  private @Nullable Integer maxTokens;

  @Option(
      names = "--instruction",
      paramLabel = "TEXT",
      description = "What the model is told before each text.")
  private @Nullable String instruction;

  @Option(
      names = "--pooling",
      paramLabel = "P",
      description = "mean or last. Default: the model's own.")
  private @Nullable String pooling;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = "float32 or bfloat16. Default: the checkpoint's own.")
  private @Nullable String precision;

  @Option(names = "--no-normalize", description = "Leave vectors as long as the model makes them.")
  private boolean raw;

  @Mixin private DeviceOption device;

  /** Where the weights are; null where none are named. */
  @Nullable Location weights() {
    return weights == null ? null : Location.parse(weights);
  }

  /**
   * The settings, checked as far as they can be without loading the model.
   *
   * @param stores bring remote weights here
   */
  ModelSettings settings(Stores stores) {
    return checked(
        ModelSettings.of(model)
            .withWeights(Weights.folder(stores, weights()))
            .withDimensions(dimensions)
            .withMaxTokens(maxTokens)
            .withNormalize(!raw)
            .withInstruction(instruction)
            .withPooling(pooling)
            .withPrecision(precision)
            .withDevice(device.device()));
  }

  /** Settings that nothing is wrong with, as far as that shows without the model. */
  static ModelSettings checked(ModelSettings settings) {
    List<String> problems = TextEmbedders.problems(settings);
    if (!problems.isEmpty()) {
      throw SidException.invalid(String.join(System.lineSeparator(), problems));
    }
    return settings;
  }
}
