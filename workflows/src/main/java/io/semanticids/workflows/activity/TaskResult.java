package io.semanticids.workflows.activity;

import org.jspecify.annotations.Nullable;

/**
 * What became of one task, or of several together.
 *
 * @param computed units computed
 * @param adopted units that were found committed
 * @param seconds of computation, without those of finishing
 * @param retries attempts beyond the first
 * @param finished the stage, where the task finished it too
 */
public record TaskResult(
    int computed, int adopted, double seconds, int retries, @Nullable StageResult finished) {
  /** No task at all. */
  public static final TaskResult NOTHING = new TaskResult(0, 0, 0, 0, null);

  /** Both together. */
  public TaskResult plus(TaskResult other) {
    return new TaskResult(
        computed + other.computed,
        adopted + other.adopted,
        seconds + other.seconds,
        retries + other.retries,
        finished == null ? other.finished : finished);
  }
}
