package io.semanticids.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Plans, computes and finishes any stage. All three may run any number of times, on any worker, at
 * once.
 */
@ActivityInterface
public interface StageActivities {
  /**
   * Says which units of the stage are not committed yet; where none are wanted, finds the finished
   * artifact.
   */
  @ActivityMethod(name = "PlanStage")
  StagePlan plan(StageInput input);

  /** Computes the task's units that are not committed yet; finishes the stage where it may. */
  @ActivityMethod(name = "ComputeUnits")
  TaskResult compute(StageTask task);

  /** Puts the units together and commits the stage's manifest, or adopts the one that is there. */
  @ActivityMethod(name = "FinishStage")
  StageResult finish(StageInput input);
}
