package io.semanticids.adapters;

import java.time.Duration;

/** Told in this process of the stages that it works on. Called from any thread; must be quick. */
public interface StageListener {
  /** Nobody listens. */
  StageListener NONE =
      new StageListener() {
        @Override
        public void progress(String stage, long done, long total, String unit) {}

        @Override
        public void finished(String stage) {}
      };

  /**
   * So much of a stage is done here.
   *
   * @param total 0 where it is not known
   * @param unit what is counted: {@code rows} or {@code texts}
   */
  void progress(String stage, long done, long total, String unit);

  /** The stage's manifest is committed. */
  void finished(String stage);

  /**
   * An attempt at a task begins.
   *
   * @param stage {@code open} for the reading of a request
   * @param waited how long it was in the task queue
   * @param attempt from 1
   */
  default void began(String stage, Duration waited, int attempt) {}

  /** So many more rows or texts were worked on. */
  default void worked(String stage, long rows) {}

  /**
   * A unit was computed and committed here.
   *
   * @param bytes of its object
   */
  default void committed(String stage, long bytes) {}

  /** So many bytes of committed parts were opened; those that the cache held, too. */
  default void read(String stage, long bytes) {}

  /** So many more tokens went through the model. */
  default void tokens(long count) {}

  /**
   * The device's memory did not hold batches, which were halved.
   *
   * @param times how often since it was last said
   * @param tokens the most in a batch from now on
   */
  default void halved(String stage, long times, int tokens) {}
}
