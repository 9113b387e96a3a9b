package io.semanticids.workflows.activity;

/**
 * What became of one task, or of several together.
 *
 * @param computed units computed
 * @param adopted units that were found committed
 * @param seconds of computation
 * @param retries attempts beyond the first
 */
public record TaskResult(int computed, int adopted, double seconds, int retries) {
  /** No task at all. */
  public static final TaskResult NOTHING = new TaskResult(0, 0, 0, 0);

  /** Both together. */
  public TaskResult plus(TaskResult other) {
    return new TaskResult(
        computed + other.computed,
        adopted + other.adopted,
        seconds + other.seconds,
        retries + other.retries);
  }
}
