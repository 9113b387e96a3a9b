package io.semanticids.sid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.adapters.SemanticIdsActivities;
import io.semanticids.adapters.plan.RunPlan;
import io.semanticids.adapters.plan.RunPlanning;
import io.semanticids.store.Location;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says before anything is computed that the output will not fit. */
final class DiskSpace {
  private DiskSpace() {}

  /**
   * Compares the plans with what is free: the one that writes most, as runs share much of it.
   *
   * @param requests of the runs that write below {@code output}
   * @param activities closed where they are refused
   * @return the same activities
   * @throws SidException where far too little is free and nothing was computed there before (then a
   *     part of what the plan counts may be there already); where it may be too little, a warning
   *     is printed instead
   */
  static SemanticIdsActivities checked(
      Location output,
      List<ObjectNode> requests,
      SemanticIdsActivities activities,
      PrintWriter err) {
    RunPlan.Disk disk =
        requests.stream()
            .flatMap(request -> disk(request, activities).stream())
            .max(Comparator.comparingLong(RunPlan.Disk::needed))
            .orElse(null);
    if (disk == null || !disk.tooSmall()) {
      return activities;
    }
    String sentence = RunPlanning.notEnough(disk);
    if (disk.farTooSmall() && !Files.exists(output.resolve("artifacts").path())) {
      activities.close();
      throw SidException.failed(
          "%s: %s%nFree some, or take another --output; 'sid plan' shows what takes how much."
              .formatted(output.uri(), sentence));
    }
    err.println("warning: " + sentence);
    err.flush();
    return activities;
  }

  private static Optional<RunPlan.Disk> disk(ObjectNode request, SemanticIdsActivities activities) {
    try {
      return Optional.of(activities.plan(request, false).disk());
    } catch (RuntimeException e) {
      // What is wrong with the request or the catalogue, the run says itself.
      return Optional.empty();
    }
  }
}
