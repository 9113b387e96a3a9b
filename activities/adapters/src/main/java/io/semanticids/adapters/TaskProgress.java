package io.semanticids.adapters;

import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.FailureTypes;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Heartbeats as work is done: a computation that hangs falls silent and is timed out. Some steps
 * have nothing to tell for minutes (a model loads, an object is fetched, a system of equations is
 * solved): {@link #stillAtIt} beats for those, but not for longer than the worker's patience after
 * the last sign of work. Who still says nothing {@link #LAST_WORD} later hangs.
 *
 * <p>Throws when the run is cancelled or this worker drains; what is committed stays. Thread-safe.
 */
final class TaskProgress implements Progress {
  /** Within the heartbeat timeout: a step that comes back by then still has its task. */
  static final Duration LAST_WORD = Duration.ofSeconds(20);

  private static final long BEAT_NANOS = Duration.ofSeconds(1).toNanos();

  /**
   * What a beat says where there is more to say than how much is done.
   *
   * @param remark for people
   */
  record Beat(long done, String remark) {}

  private final Consumer<Object> heartbeat;
  private final BooleanSupplier draining;
  private final LongSupplier clock;
  private final Duration patience;
  private final StageListener listener;
  private final String stage;
  private final String unit;
  private @Nullable String remark;
  private AtomicLong done = new AtomicLong();
  private long total;
  private long lastBeat;
  private long lastWork;

  /**
   * Nothing is done yet.
   *
   * @param heartbeat takes what is done, or a {@link Beat}; may throw, which stops the work
   * @param clock nanoseconds
   * @param patience how long a step may say nothing
   */
  TaskProgress(
      Consumer<Object> heartbeat,
      BooleanSupplier draining,
      LongSupplier clock,
      Duration patience,
      StageListener listener,
      String stage,
      String unit) {
    this.heartbeat = heartbeat;
    this.draining = draining;
    this.clock = clock;
    this.patience = patience;
    this.listener = listener;
    this.stage = stage;
    this.unit = unit;
    this.lastWork = clock.getAsLong();
    this.lastBeat = lastWork - BEAT_NANOS;
  }

  /**
   * What all units together are, and what is done of them: one count for all tasks of the stage in
   * this process.
   */
  synchronized void expect(AtomicLong doneOfStage, long all) {
    done = doneOfStage;
    total = all;
  }

  /** Goes along with every beat from now on. */
  synchronized void note(String text) {
    remark = text;
  }

  /** Units that are done again count again: not beyond the total. */
  private long done() {
    return total == 0 ? done.get() : Math.min(done.get(), total);
  }

  private void beat() {
    heartbeat.accept(remark == null ? (Object) done() : new Beat(done(), remark));
  }

  @Override
  public synchronized void advanced(long rows) {
    done.addAndGet(rows);
    listener.worked(stage, rows);
    if (draining.getAsBoolean()) {
      throw Explanation.withoutTrace(
          ApplicationFailure.newBuilder()
              .setMessage(
                  "This worker is shutting down; the task goes on elsewhere from its last checkpoint.")
              .setType(FailureTypes.DRAINING)
              .setCategory(ApplicationErrorCategory.BENIGN)
              .setNextRetryDelay(Duration.ofMillis(1))
              .build());
    }
    long now = clock.getAsLong();
    lastWork = now;
    if (now - lastBeat >= BEAT_NANOS) {
      lastBeat = now;
      listener.progress(stage, done(), total, unit);
      beat();
    }
  }

  /** A sign of work that counts no rows. */
  synchronized void works() {
    lastWork = clock.getAsLong();
  }

  /** Beats for a step that says nothing. Called every few seconds by another thread. */
  synchronized void stillAtIt() {
    long now = clock.getAsLong();
    if (now - lastBeat >= BEAT_NANOS && now - lastWork < patience.toNanos()) {
      lastBeat = now;
      try {
        beat();
      } catch (ActivityCompletionException e) {
        // Cancelled: the next sign of work hears it, on the thread that can stop.
      }
    }
  }

  /** Whether the work has said nothing for longer than it may: nothing but its process ends it. */
  synchronized boolean hangs() {
    return clock.getAsLong() - lastWork >= patience.plus(LAST_WORD).toNanos();
  }
}
