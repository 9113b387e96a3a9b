package io.semanticids.workflows;

/** The task queues, short enough to type. */
public final class TaskQueues {
  /** Workflows, and every stage but embedding. */
  public static final String CPU = "semantic-ids";

  /** Embedding; the numeric stages too where the request says {@code accelerate}. */
  public static final String GPU = "semantic-ids-gpu";

  private TaskQueues() {}
}
