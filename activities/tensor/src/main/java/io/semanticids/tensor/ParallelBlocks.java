package io.semanticids.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts {@code [0, count)} into blocks and works on them with several threads, the calling one among
 * them. A thread takes the next block when it is done with its last, so which thread does which
 * block is left to chance.
 */
public final class ParallelBlocks {
  private final long count;
  private final int height;
  private final AtomicLong next = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private ParallelBlocks(long count, int height) {
    this.count = count;
    this.height = height;
  }

  /** One thread's work: calls {@link ParallelBlocks#forEach} once and returns what it gathered. */
  @FunctionalInterface
  public interface Work<A> {
    A run(ParallelBlocks blocks);
  }

  /** What is done with the block {@code [start, start + length)}. */
  @FunctionalInterface
  public interface Block {
    void run(long start, int length);
  }

  /**
   * Runs {@code work} on up to {@code threads} threads, never more than there are blocks, and
   * merges what they gathered.
   *
   * <p>The first exception that a thread meets stops the others and is thrown unchanged, after all
   * of them have ended.
   *
   * @throws CancellationException if the calling thread is interrupted; it stays interrupted
   */
  public static <A> A run(
      int threads, long count, int height, Work<A> work, BinaryOperator<A> merge) {
    ParallelBlocks blocks = new ParallelBlocks(count, height);
    int helpers = (int) Math.min(threads, (count + height - 1) / height) - 1;
    List<Helper<A>> started = new ArrayList<>();
    for (int t = 0; t < helpers; t++) {
      Helper<A> helper = new Helper<>(blocks, work);
      helper.start();
      started.add(helper);
    }
    A result = blocks.guarded(work);
    for (Helper<A> helper : started) {
      blocks.await(helper);
    }
    blocks.rethrow();
    for (Helper<A> helper : started) {
      result = merge.apply(result, helper.result);
    }
    return result;
  }

  /**
   * Calls {@code block} for one block after the other until none is left or a thread has failed.
   */
  public void forEach(Block block) {
    while (failure.get() == null) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException(
            "Interrupted after " + next.get() + " of " + count + " rows.");
      }
      long start = next.getAndAdd(height);
      if (start >= count) {
        return;
      }
      block.run(start, (int) Math.min(height, count - start));
    }
  }

  @SuppressWarnings("NullAway")
  private <A> @Nullable A guarded(Work<A> work) {
    try {
      return work.run(this);
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
      return null;
    }
  }

  /**
   * A helper ends within a block once a failure is set; it is interrupted in case its block waits
   * for something.
   */
  private void await(Helper<?> helper) {
    boolean interrupted = false;
    while (true) {
      try {
        if (failure.get() != null) {
          helper.interrupt();
        }
        helper.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        failure.compareAndSet(null, new CancellationException("Interrupted while a pass ran."));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() {
    Throwable thrown = failure.get();
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
  }

  private static final class Helper<A> extends Thread {
    private final ParallelBlocks blocks;
    private final Work<A> work;
    private @Nullable A result;

    Helper(ParallelBlocks blocks, Work<A> work) {
      super("semantic-ids-blocks");
      setDaemon(true);
      this.blocks = blocks;
      this.work = work;
    }

    @Override
    public void run() {
      result = blocks.guarded(work);
    }
  }
}
