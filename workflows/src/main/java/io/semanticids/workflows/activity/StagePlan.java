package io.semanticids.workflows.activity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left to do of a stage.
 *
 * @param fingerprint names the stage's artifact
 * @param units how many units the stage has
 * @param tasks ranges of units that are not committed yet, at most 256
 * @param done the stage's result where it is finished already, else null
 */
public record StagePlan(
    String fingerprint, int units, List<UnitRange> tasks, @Nullable StageResult done) {
  public StagePlan {
    tasks = List.copyOf(tasks);
  }
}
