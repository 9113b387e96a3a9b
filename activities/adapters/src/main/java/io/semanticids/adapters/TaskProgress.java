package io.semanticids.adapters;

import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.FailureTypes;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Heartbeats as work is done, and only then: a computation that hangs falls silent and is timed
 * out. Throws when the run is cancelled or this worker drains; what is committed stays.
 */
final class TaskProgress implements Progress {
  private static final long BEAT_NANOS = Duration.ofSeconds(1).toNanos();

  private final ActivityExecutionContext activity;
  private final BooleanSupplier draining;
  private final StageListener listener;
  private final String stage;
  private final long total;
  private final String unit;
  private long done;
  private long lastBeat = System.nanoTime() - BEAT_NANOS;

  TaskProgress(
      ActivityExecutionContext activity,
      BooleanSupplier draining,
      StageListener listener,
      String stage,
      long doneBefore,
      long total,
      String unit) {
    this.activity = activity;
    this.draining = draining;
    this.listener = listener;
    this.stage = stage;
    this.done = doneBefore;
    this.total = total;
    this.unit = unit;
  }

  @Override
  public synchronized void advanced(long rows) {
    done += rows;
    if (draining.getAsBoolean()) {
      throw ApplicationFailure.newBuilder()
          .setMessage(
              "This worker is shutting down; the task goes on elsewhere from its last checkpoint.")
          .setType(FailureTypes.DRAINING)
          .setCategory(ApplicationErrorCategory.BENIGN)
          .setNextRetryDelay(Duration.ofMillis(1))
          .build();
    }
    long now = System.nanoTime();
    if (now - lastBeat >= BEAT_NANOS) {
      lastBeat = now;
      listener.progress(stage, done, total, unit);
      activity.heartbeat(done);
    }
  }
}
