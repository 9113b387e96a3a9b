package io.semanticids.embed;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a model's vectors depend on, besides the texts: settings with their defaults filled in, and
 * checksums of the files. Two equal identities give the same vectors within one device class.
 *
 * @param model the model's name, as in a request
 * @param pooling {@code mean} or {@code last}
 * @param precision {@code float32} or {@code bfloat16}: of the arithmetic inside; vectors come out
 *     as float32
 * @param dimensions the length of a vector
 * @param maxTokens tokens beyond this many, special ones included, are cut
 * @param normalize whether vectors have unit length
 * @param instruction what is said to the model before each text; null for nothing
 * @param weightsSha256 SHA-256 of the weights, 64 hex digits
 * @param filesSha256 SHA-256 of weights, tokenizer and configuration together, 64 hex digits
 */
public record ModelIdentity(
    String model,
    String pooling,
    String precision,
    int dimensions,
    int maxTokens,
    boolean normalize,
    @Nullable String instruction,
    String weightsSha256,
    String filesSha256) {
  /** Raised when the same files and settings would give other vectors than before. */
  private static final int VERSION = 3;

  public ModelIdentity {
    if (dimensions <= 0 || maxTokens <= 0) {
      throw new IllegalArgumentException(
          "The dimensions (%d) and maxTokens (%d) of model %s must be positive."
              .formatted(dimensions, maxTokens, model));
    }
  }

  /** One checksum for all of it, 64 hex digits: a part of a stage's fingerprint. */
  public String sha256() {
    String all =
        String.join(
            "\n",
            "embed-" + VERSION,
            model,
            pooling,
            precision,
            Integer.toString(dimensions),
            Integer.toString(maxTokens),
            Boolean.toString(normalize),
            weightsSha256,
            filesSha256,
            instruction == null ? "-" : "+" + instruction);
    return Sha256.of(all.getBytes(StandardCharsets.UTF_8));
  }
}
