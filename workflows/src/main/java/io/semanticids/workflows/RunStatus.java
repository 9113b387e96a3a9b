package io.semanticids.workflows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands.
 *
 * @param stage the stage in hand, for people: {@code balance level 2: soft loads, pass 1}
 * @param stages stages finished
 * @param done units of the stage that are committed
 * @param units units of the stage, 0 while it is being planned
 * @param secondsElapsed since the run started
 * @param secondsLeft of this stage, by its rate so far; null while unknown
 * @param waiting the task queue that no worker has answered on for a minute; null otherwise
 */
public record RunStatus(
    String run,
    String stage,
    int stages,
    int done,
    int units,
    long secondsElapsed,
    @Nullable Long secondsLeft,
    @Nullable String waiting,
    List<String> warnings) {
  public RunStatus {
    warnings = List.copyOf(warnings);
  }
}
