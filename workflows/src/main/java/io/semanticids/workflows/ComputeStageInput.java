package io.semanticids.workflows;

import io.semanticids.workflows.activity.StageInput;
import io.semanticids.workflows.activity.StagePlan;

/**
 * A planned stage.
 *
 * @param label for people
 * @param queue the task queue of its tasks
 */
public record ComputeStageInput(StageInput input, StagePlan plan, String label, String queue) {}
