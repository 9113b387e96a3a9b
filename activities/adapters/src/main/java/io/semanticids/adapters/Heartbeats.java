package io.semanticids.adapters;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Keeps the tasks of this process alive while they work. One a process. */
final class Heartbeats implements AutoCloseable {
  private static final int SECONDS = 5;

  /** Fewer bytes than that are no sign of work: a connection can trickle for ever. */
  private static final long FETCHED = 1 << 20;

  private final StageListener listener;
  private final BooleanSupplier draining;
  private final Duration patience;
  private final Consumer<String> hanging;
  private final Set<TaskProgress> live = ConcurrentHashMap.newKeySet();
  private final AtomicLong fetched = new AtomicLong();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "semantic-ids-heartbeats");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param patience how long a step may say nothing
   * @param hanging is told of a task that hangs, again and again as long as it does
   */
  Heartbeats(
      StageListener listener,
      BooleanSupplier draining,
      Duration patience,
      Consumer<String> hanging) {
    this.listener = listener;
    this.draining = draining;
    this.patience = patience;
    this.hanging = hanging;
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
        new TaskProgress(
            activity::heartbeat, draining, System::nanoTime, patience, listener, stage, unit);
    AtomicLong looked = new AtomicLong(System.nanoTime());
    Future<?> beats =
        timer.scheduleWithFixedDelay(
            () -> watch(stage, progress, looked), SECONDS, SECONDS, TimeUnit.SECONDS);
    live.add(progress);
    try {
      return work.with(progress);
    } finally {
      live.remove(progress);
      beats.cancel(false);
    }
  }

  /** So many more bytes of an object have come, for whichever task waits for it. */
  void fetched(long bytes) {
    if (fetched.addAndGet(bytes) >= FETCHED) {
      fetched.set(0);
      live.forEach(TaskProgress::works);
    }
  }

  private void watch(String stage, TaskProgress progress, AtomicLong looked) {
    long now = System.nanoTime();
    if (now - looked.getAndSet(now) > TaskProgress.LAST_WORD.toNanos()) {
      // The process stood still (SIGSTOP, a laptop that slept), not the work in it.
      progress.works();
    }
    progress.stillAtIt();
    if (progress.hangs()) {
      hanging.accept(
          "a task of %s has shown no sign of work for %d s"
              .formatted(stage, patience.plus(TaskProgress.LAST_WORD).toSeconds()));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
