package io.semanticids.workflows;

import static java.util.Objects.requireNonNull;

import io.semanticids.workflows.activity.StageInput;
import io.semanticids.workflows.activity.StagePlan;

/**
 * A planned stage.
 *
 * @param label for people
 * @param queue the task queue of its tasks
 * @param signals at most so many reports of progress to the parent; each costs it four events of
 *     history
 */
public record ComputeStageInput(
    StageInput input, StagePlan plan, String label, String queue, int signals) {
  public ComputeStageInput {
    requireNonNull(input, "input");
    requireNonNull(plan, "plan");
    requireNonNull(label, "label");
    requireNonNull(queue, "queue");
  }
}
