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
 * @param secondsElapsed from the run's start to the last that it heard of (an activity's end, a
 *     child's report)
 * @param secondsLeft of this stage, by its rate so far; null while unknown
 * @param waiting the task queue from which no answer has come for a minute: no worker polls it, or
 *     planning takes long (hashing a large catalogue, loading a large model); null otherwise
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
