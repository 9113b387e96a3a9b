package io.semanticids.workflows.activity;

/**
 * How long one of the seven named stages took in this run.
 *
 * @param seconds of computation, summed over tasks
 * @param wall seconds from its first task to its last
 * @param units computed in this run
 * @param adopted units that an earlier run or attempt had committed
 * @param retries attempts beyond the first
 */
public record StageTimings(double seconds, double wall, int units, int adopted, int retries) {
  /** Nothing yet. */
  public static final StageTimings NONE = new StageTimings(0, 0, 0, 0, 0);

  /** Both together. */
  public StageTimings plus(StageTimings other) {
    return new StageTimings(
        seconds + other.seconds,
        wall + other.wall,
        units + other.units,
        adopted + other.adopted,
        retries + other.retries);
  }
}
