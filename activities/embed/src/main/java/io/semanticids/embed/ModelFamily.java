package io.semanticids.embed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model as read from a checkpoint: what it is, what is wrong with it, and its program. */
interface ModelFamily {
  /** The length of a hidden state. */
  int width();

  /** How many token numbers it knows. */
  int vocabulary();

  /** How many tokens a text can have. */
  int positions();

  ProgramWeights weights();

  /** The program, computing in this type. Call it only when there are no problems. */
  TensorProgram program(ElementType computed);

  /**
   * Reads a checkpoint's configuration by its {@code model_type}.
   *
   * @throws ModelException when the family or one of its options is not supported, or tensors do
   *     not fit
   */
  static ModelFamily of(Checkpoint checkpoint) {
    CheckpointConfig config = checkpoint.config();
    @Nullable ModelFamily family =
        switch (config.family()) {
          case "qwen3" -> new Qwen3(checkpoint);
          case "gemma3_text" -> new Gemma3(checkpoint);
          default -> null;
        };
    if (family == null) {
      throw new ModelException(
          "%s: model_type %s is not supported: qwen3 and gemma3_text are."
              .formatted(checkpoint.folder().nameOf(checkpoint.configuration()), config.family()));
    }
    refuse(checkpoint, config.problems());
    refuse(checkpoint, family.weights().problems());
    return family;
  }

  private static void refuse(Checkpoint checkpoint, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new ModelException(
          "The checkpoint %s cannot be used.%n%s"
              .formatted(checkpoint.folder(), String.join("\n", problems)));
    }
  }
}
