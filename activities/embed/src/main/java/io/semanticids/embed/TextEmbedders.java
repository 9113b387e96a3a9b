package io.semanticids.embed;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Opens the models that a request can name. */
public final class TextEmbedders {
  private static final Set<String> NAMES =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(Arrays.stream(KnownModel.values()).map(KnownModel::text).toList()));

  private TextEmbedders() {}

  /** The names that {@link ModelSettings#name} can have, the default one first. */
  public static Set<String> names() {
    return NAMES;
  }

  /**
   * What is wrong with the settings, one line a problem; empty when nothing is. Loads nothing:
   * problems inside a checkpoint's files show in {@link #open}.
   */
  public static List<String> problems(ModelSettings settings) {
    return SettingsCheck.problems(settings);
  }

  /**
   * Whether a model needs the file of this name in its checkpoint folder. Checkpoints often have
   * the same weights in other forms beside.
   */
  public static boolean checkpointFile(String name) {
    return Checkpoint.needs(name);
  }

  /** What the model's vectors depend on. Reads all its files, but computes nothing. */
  public static ModelIdentity identity(ModelSettings settings) {
    require(settings);
    return builtIn(settings) ? MiniLm.identity(settings) : CheckpointModel.identity(settings);
  }

  /**
   * The class of devices within which a model gives the same bytes.
   *
   * @param processor the class of this machine's processor
   */
  public static String deviceClass(ModelSettings settings, String processor) {
    return builtIn(settings) ? processor : settings.device().deviceClass(processor);
  }

  /**
   * To be called when the process is about to end while models may be at work: lets the batches at
   * work end, up to 20 seconds, and begins no others.
   */
  public static void endProcess() {
    Crew.endProcess(Duration.ofSeconds(20));
  }

  /** Opens a model on all processors. The caller closes it. */
  public static TextEmbedder open(ModelSettings settings) {
    return open(settings, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Opens a model. The number of threads changes how fast it is, and nothing else.
   *
   * @throws ModelException when the settings have {@link #problems} or the files do not hold the
   *     model
   */
  public static TextEmbedder open(ModelSettings settings, int threads) {
    require(settings);
    if (threads < 1) {
      throw new IllegalArgumentException(
          "The number of threads (%d) must be positive.".formatted(threads));
    }
    return builtIn(settings)
        ? MiniLm.open(settings, threads)
        : CheckpointModel.open(settings, threads);
  }

  private static boolean builtIn(ModelSettings settings) {
    return settings.name().equals(KnownModel.MINILM.text());
  }

  private static void require(ModelSettings settings) {
    List<String> problems = problems(settings);
    if (!problems.isEmpty()) {
      throw ModelException.of(problems);
    }
  }
}
