package io.semanticids.sid;

import io.semanticids.adapters.StageListener;

/**
 * Shows on stderr what a run computes: stage, done, rate, time left. Safe for any number of
 * threads.
 */
interface ProgressDisplay extends StageListener, AutoCloseable {
  /** A bar that redraws itself where stderr is a terminal, else a plain line now and then. */
  static ProgressDisplay onStderr() {
    return Terminal.stderr() ? new ProgressBars() : new ProgressLines(System.err, System::nanoTime);
  }

  /** Something more about the stage in hand, such as {@code 1,190 tokens/s}. */
  void detail(String text);

  @Override
  void close();
}
