package io.semanticids.workflows;

import io.semanticids.workflows.activity.OpenedRequest;

/**
 * How the events of a run's own history are spent. Temporal suggests to stay below 4,096 (it
 * enforces 51,200); replay reads all of them.
 */
final class EventBudget {
  private static final int EVENTS = 4_096;

  /**
   * Planning (8), a child (9) and finishing (6), workflow tasks included, and something to spare.
   */
  private static final int EVENTS_A_STAGE = 26;

  /** The signal and the workflow task that it wakes. */
  private static final int EVENTS_A_SIGNAL = 4;

  /** More would not be seen. */
  private static final int MOST_SIGNALS = 10;

  private EventBudget() {}

  /** How often a stage may report its progress: ten times, less in runs of very many levels. */
  static int signalsPerStage(OpenedRequest request) {
    int levels = request.sizes().size();
    int balanced = (int) request.uniform().stream().filter(uniform -> uniform).count();
    // prepare, embed, encode, evaluate, publish; a fit a level; fit, two soft passes, repair,
    // assign a balanced level.
    int stages = 5 + levels + 5 * balanced;
    int spare = (EVENTS - stages * EVENTS_A_STAGE) / (stages * EVENTS_A_SIGNAL);
    return Math.max(0, Math.min(MOST_SIGNALS, spare));
  }
}
