package io.semanticids.embed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that work off tasks in the order in which they come. The first failure
 * drops what has not begun.
 */
final class Crew implements AutoCloseable {
  /** Where the threads get their tasks. Thread-safe. */
  interface Tasks {
    /** The next task, waited for if need be; null when no more will come. */
    @Nullable Callable<Void> next() throws InterruptedException;

    /** From now on {@link #next} is null at once. */
    void stop();
  }

  /** Tasks of all crews that are at work. */
  private static final AtomicInteger AT_WORK = new AtomicInteger();

  private static volatile boolean processEnds;

  private final ExecutorService executor;
  private final int threads;

  Crew(String name, int threads) {
    this.threads = threads;
    this.executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  int threads() {
    return threads;
  }

  /**
   * Runs all tasks. When it returns, by whatever way, none of them is at work any more, so that
   * native memory can be freed.
   *
   * @throws EmbeddingException when a task fails, or when the calling thread is interrupted (the
   *     interrupt stays set)
   */
  void run(Tasks tasks) {
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(executor.submit(() -> workOff(tasks)));
    }
    Throwable failure = null;
    boolean interrupted = false;
    for (Future<?> worker : workers) {
      boolean waiting = true;
      while (waiting) {
        try {
          worker.get();
          waiting = false;
        } catch (InterruptedException e) {
          interrupted = true;
          tasks.stop();
        } catch (ExecutionException e) {
          failure = failure == null ? e.getCause() : failure;
          waiting = false;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddingException("Embedding was interrupted.");
    }
    if (failure != null) {
      rethrow(failure);
    }
  }

  private static Void workOff(Tasks tasks) throws Exception {
    boolean done = false;
    try {
      for (Callable<Void> task = tasks.next(); task != null; task = tasks.next()) {
        AT_WORK.incrementAndGet();
        try {
          if (processEnds) {
            sleepForEver();
          }
          task.call();
        } finally {
          AT_WORK.decrementAndGet();
        }
      }
      done = true;
    } finally {
      if (!done) {
        tasks.stop();
      }
    }
    return null;
  }

  /**
   * Begins no more tasks in this process, and waits for those at work: a native library that is
   * unloaded under a running computation takes the process down with it.
   */
  static void endProcess(Duration patience) {
    processEnds = true;
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (AT_WORK.get() > 0 && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the process has ended: nobody waits for this thread, and no error is to be told. */
  private static void sleepForEver() throws InterruptedException {
    AT_WORK.decrementAndGet();
    while (true) {
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  /** What a listener threw: not a failure of the work, and passed on as it is. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped(RuntimeException cause) {
      super(cause);
    }
  }

  /** Tells a listener from inside a task. */
  static void tell(IntConsumer listener, int count) {
    try {
      listener.accept(count);
    } catch (RuntimeException e) {
      throw new Stopped(e);
    }
  }

  /** The failure with its own type where callers know it; the stack is the worker's. */
  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof Stopped) {
      throw (RuntimeException) failure.getCause();
    }
    if (failure instanceof NullPointerException || failure instanceof EmbeddingException) {
      throw (RuntimeException) failure;
    }
    throw new EmbeddingException("The model failed: " + failure.getMessage(), failure);
  }

  /** Waits for tasks at work, then ends the threads. */
  @Override
  public void close() {
    executor.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
