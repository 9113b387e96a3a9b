package io.semanticids.sid;

import io.semanticids.adapters.SemanticIdsActivities;
import io.semanticids.adapters.plan.RunPlan;
import io.semanticids.adapters.plan.RunPlanning;
import java.io.PrintWriter;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Says before a run starts that its output will not fit. */
final class DiskSpace {
  private DiskSpace() {}

  /**
   * Compares the plan with what is free.
   *
   * @param activities closed where the run is refused
   * @return the same activities
   * @throws SidException where far too little is free and nothing was computed there before (then a
   *     part of what the plan counts may be there already); where it may be too little, a warning
   *     is printed instead
   */
  static SemanticIdsActivities checked(
      LocalRun run, SemanticIdsActivities activities, PrintWriter err) {
    RunPlan.Disk disk = disk(run, activities);
    if (disk == null || !disk.tooSmall()) {
      return activities;
    }
    String sentence = RunPlanning.notEnough(disk);
    if (disk.farTooSmall() && !Files.exists(run.output().resolve("artifacts").path())) {
      activities.close();
      throw SidException.failed(
          "%s: %s%nFree some, or take another --output; 'sid plan' shows what takes how much."
              .formatted(run.output().uri(), sentence));
    }
    err.println("warning: " + sentence);
    err.flush();
    return activities;
  }

  private static RunPlan.@Nullable Disk disk(LocalRun run, SemanticIdsActivities activities) {
    try {
      return activities.plan(run.request(), false).disk();
    } catch (RuntimeException e) {
      // What is wrong with the request or the catalogue, the run says itself.
      return null;
    }
  }
}
