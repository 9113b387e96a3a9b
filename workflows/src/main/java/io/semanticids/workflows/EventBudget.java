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

  private static final int EVENTS_A_CHILD = 9;

  /** A task in the run itself, and the workflow task that its end wakes. */
  private static final int EVENTS_A_TASK = 6;

  /** A child costs two more workflow tasks at its ends; more tasks show better in one. */
  private static final int MOST_OWN_TASKS = 4;

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

  /**
   * Up to how many tasks of a stage the run computes itself, without a child: four where they cost
   * no more events than a child with its reports, else one.
   */
  static int ownTasksPerStage(OpenedRequest request) {
    int child = EVENTS_A_CHILD + signalsPerStage(request) * EVENTS_A_SIGNAL;
    return MOST_OWN_TASKS * EVENTS_A_TASK <= child ? MOST_OWN_TASKS : 1;
  }
}
