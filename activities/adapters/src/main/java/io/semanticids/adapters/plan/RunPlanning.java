package io.semanticids.adapters.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts a plan together. */
public final class RunPlanning {
  private RunPlanning() {}

  /**
   * The plan of a run.
   *
   * @param speeds null where nothing was measured: the plan then says nothing of time
   * @param free bytes where the output goes, null where that cannot be known
   * @param memory bytes of this machine
   * @param known warnings of the request itself
   */
  public static RunPlan of(
      RunShape shape,
      @Nullable Speeds speeds,
      @Nullable Long free,
      long memory,
      List<String> known) {
    RunCosts costs = new RunCosts(shape, speeds);
    PathAdvice advice = new PathAdvice(shape);
    RunPlan.Disk disk = costs.disk(free);
    List<String> warnings = new ArrayList<>(known);
    warnings.addAll(advice.warnings());
    if (costs.memory() > memory) {
      warnings.add(
          text(
              "It takes about %.1f GB of memory, and this machine has %.1f GB.",
              costs.memory() / 1e9, memory / 1e9));
    }
    if (disk.tooSmall()) {
      warnings.add(notEnough(disk));
    }
    return new RunPlan(
        new RunPlan.Items(
            shape.train(), shape.test(), shape.exact(), shape.dimension(), shape.texts()),
        advice.collisions(),
        costs.stages(),
        costs.seconds(),
        costs.stages().stream().mapToLong(RunPlan.PlannedStage::tasks).sum(),
        costs.memory(),
        disk,
        warnings,
        advice.suggestions());
  }

  /** The sentence for a disk that is too small. */
  public static String notEnough(RunPlan.Disk disk) {
    return text(
        "It writes about %s below the output folder (%s of them scratch), and %s are free there.",
        size(disk.needed()),
        size(disk.scratchBytes()),
        size(disk.freeBytes() == null ? 0 : disk.freeBytes()));
  }

  private static String size(long bytes) {
    return bytes >= 1e9
        ? text("%.1f GB", bytes / 1e9)
        : bytes >= 1e6 ? text("%.1f MB", bytes / 1e6) : text("%.1f kB", bytes / 1e3);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
