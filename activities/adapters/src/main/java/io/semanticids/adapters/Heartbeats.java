package io.semanticids.adapters;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Keeps the tasks of this process alive while they work. One a process. */
final class Heartbeats implements AutoCloseable {
  private static final int SECONDS = 5;

  private final StageListener listener;
  private final BooleanSupplier draining;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "semantic-ids-heartbeats");
            thread.setDaemon(true);
            return thread;
          });

  Heartbeats(StageListener listener, BooleanSupplier draining) {
    this.listener = listener;
    this.draining = draining;
  }

  /** What an activity does with its progress. */
  @FunctionalInterface
  interface Work<T> {
    T with(TaskProgress progress) throws Exception;
  }

  /** Runs the activity of this thread, beating until it ends. */
  <T> T during(String stage, String unit, Work<T> work) throws Exception {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    ActivityInfo info = activity.getInfo();
    long waited = System.currentTimeMillis() - info.getCurrentAttemptScheduledTimestamp();
    // Clocks of two machines: a little before is now.
    listener.began(stage, Duration.ofMillis(Math.max(0, waited)), info.getAttempt());
    TaskProgress progress =
        new TaskProgress(activity::heartbeat, draining, System::nanoTime, listener, stage, unit);
    Future<?> beats =
        timer.scheduleWithFixedDelay(progress::stillAtIt, SECONDS, SECONDS, TimeUnit.SECONDS);
    try {
      return work.with(progress);
    } finally {
      beats.cancel(false);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
