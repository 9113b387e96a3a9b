package io.semanticids.workflows;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds activities back at a known place, until the test lets them go on. */
final class Turnstile {
  private static final int PATIENCE_SECONDS = 60;

  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore open = new Semaphore(0);

  /** Called by the activity. */
  void pass() {
    arrived.release();
    acquire(open);
    open.release();
  }

  /** Called by the test: returns when an activity stands here. */
  void awaitArrival() {
    acquire(arrived);
  }

  /** Lets all pass from now on. */
  void open() {
    open.release();
  }

  private static void acquire(Semaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("Nobody came within %d s.".formatted(PATIENCE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting.", e);
    }
  }
}
