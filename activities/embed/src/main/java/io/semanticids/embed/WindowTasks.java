package io.semanticids.embed;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do for windows of texts: each becomes tokens, which is one task, and its batches
 * are computed. A window becomes tokens while batches of those before it are computed, so that no
 * thread and no device waits for tokens, and windows have no end to wait for.
 */
final class WindowTasks implements Crew.Tasks {
  private final int windows;
  private final int ahead;
  private final IntFunction<List<Callable<Void>>> tokenizer;
  private final Queue<Callable<Void>> batches = new ArrayDeque<>();
  private int begun;
  private int tokenizing;
  private boolean stopped;

  /**
   * @param ahead so many batches that wait are enough: no more windows become tokens meanwhile
   * @param tokenizer makes tokens of a window and returns its batches
   */
  WindowTasks(int windows, int ahead, IntFunction<List<Callable<Void>>> tokenizer) {
    this.windows = windows;
    this.ahead = ahead;
    this.tokenizer = tokenizer;
  }

  @Override
  public synchronized @Nullable Callable<Void> next() throws InterruptedException {
    while (!stopped) {
      if (begun < windows && batches.size() < ahead) {
        int window = begun++;
        tokenizing++;
        return () -> tokenize(window);
      }
      if (!batches.isEmpty()) {
        return batches.remove();
      }
      if (tokenizing == 0) {
        return null;
      }
      wait();
    }
    return null;
  }

  private Void tokenize(int window) {
    // Where it fails, the crew stops all of it.
    tokenized(tokenizer.apply(window));
    return null;
  }

  private synchronized void tokenized(List<Callable<Void>> more) {
    batches.addAll(more);
    tokenizing--;
    notifyAll();
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }
}
