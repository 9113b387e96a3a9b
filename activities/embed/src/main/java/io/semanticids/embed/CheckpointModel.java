package io.semanticids.embed;

import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens a model from its checkpoint folder, having checked all that can be checked before. */
final class CheckpointModel {
  /**
   * Weights are read once a batch: enough tokens to be worth it, few enough to stay in the
   * processor's caches.
   */
  private static final int BUDGET = 512;

  /** Enough to keep a GPU busy. */
  private static final int GPU_BUDGET = 16_384;

  private CheckpointModel() {}

  static ModelIdentity identity(ModelSettings settings) {
    return identity(settings, Checkpoint.read(weights(settings)));
  }

  static TextEmbedder open(ModelSettings settings, int threads) {
    EmbeddingDevice device = settings.device().require();
    Checkpoint checkpoint = Checkpoint.read(weights(settings));
    ModelFamily family = ModelFamily.of(checkpoint);
    TensorProgram program = family.program(computed(settings, family));
    FreeMemory.require(family.weights(), program.computed(), FreeMemory.bytes());
    ModelIdentity identity = identity(settings, checkpoint);
    KnownModel known = known(settings);
    String instruction = settings.instruction();
    String prefix = instruction == null ? "" : known.prefix(instruction);
    try (InputStream json = Files.newInputStream(checkpoint.tokenizer())) {
      TextTokens tokens =
          TextTokens.read(
              json,
              identity.maxTokens(),
              prefix,
              family.vocabulary(),
              checkpoint.config().endToken(family.vocabulary()));
      TokenBatches batches = new TokenBatches(device.onProcessor() ? BUDGET : GPU_BUDGET);
      try {
        return new BatchingEmbedder(
            identity, tokens, ProgramModel.open(program, family.width(), device), batches, threads);
      } catch (IOException | MalformedModelException | RuntimeException e) {
        tokens.close();
        throw e;
      }
    } catch (IOException | MalformedModelException | EngineException e) {
      throw new ModelException(
          "The checkpoint %s cannot be loaded: %s"
              .formatted(checkpoint.folder(), EngineFailure.reason(e)),
          e);
    }
  }

  private static ModelIdentity identity(ModelSettings settings, Checkpoint checkpoint) {
    ModelFamily family = ModelFamily.of(checkpoint);
    KnownModel known = known(settings);
    List<String> problems = new ArrayList<>();
    int dimensions = orElse(settings.dimensions(), family.width());
    if (dimensions > family.width()) {
      problems.add(
          "dimensions is %d, but the vectors of %s have %d."
              .formatted(dimensions, checkpoint.folder(), family.width()));
    }
    int maxTokens =
        orElse(settings.maxTokens(), Math.min(known.defaultTokens(), family.positions()));
    if (maxTokens > family.positions()) {
      problems.add(
          "maxTokens is %d, but %s takes at most %d tokens (max_position_embeddings)."
              .formatted(maxTokens, checkpoint.folder(), family.positions()));
    }
    if (known.dimensions() != Integer.MAX_VALUE && known.dimensions() != family.width()) {
      problems.add(
          "Model %s has vectors of %d dimensions, but those of %s have %d: choose model \"checkpoint\", or its own weights."
              .formatted(known.text(), known.dimensions(), checkpoint.folder(), family.width()));
    }
    TokenizerVocabulary.problem(
            checkpoint.tokenizer(),
            checkpoint.folder().nameOf(checkpoint.tokenizer()),
            family.vocabulary())
        .ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw ModelException.of(problems);
    }
    try {
      return new ModelIdentity(
          known.text(),
          known.pooling(),
          computed(settings, family).text(),
          dimensions,
          maxTokens,
          settings.normalize(),
          settings.instruction(),
          sha256(checkpoint.weightFiles()),
          sha256(List.of(checkpoint.configuration(), checkpoint.tokenizer())));
    } catch (IOException e) {
      throw new ModelException(
          "The checkpoint %s cannot be read: %s".formatted(checkpoint.folder(), e.getMessage()), e);
    }
  }

  private static String sha256(List<Path> files) throws IOException {
    String[] lines = new String[files.size()];
    for (int i = 0; i < lines.length; i++) {
      try (InputStream in = Files.newInputStream(files.get(i))) {
        lines[i] = files.get(i).getFileName() + " " + Sha256.of(in);
      }
    }
    return Sha256.of(lines);
  }

  /** As asked; otherwise bfloat16 where the checkpoint is, and float32 elsewhere. */
  private static ElementType computed(ModelSettings settings, ModelFamily family) {
    String precision = settings.precision();
    if (precision == null) {
      return family.weights().storedType() == ElementType.BFLOAT16
          ? ElementType.BFLOAT16
          : ElementType.FLOAT32;
    }
    return precision.equals(ElementType.BFLOAT16.text())
        ? ElementType.BFLOAT16
        : ElementType.FLOAT32;
  }

  private static KnownModel known(ModelSettings settings) {
    return KnownModel.named(settings.name()).orElseThrow();
  }

  private static CheckpointFolder weights(ModelSettings settings) {
    return Objects.requireNonNull(settings.weights());
  }

  private static int orElse(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
