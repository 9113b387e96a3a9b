package io.semanticids.sid;

import io.semanticids.adapters.plan.RunPlan;
import java.util.Locale;

/** A plan on one screen. */
final class PlanText {
  private PlanText() {}

  static String of(RunPlan plan) {
    StringBuilder text = new StringBuilder();
    RunPlan.Items items = plan.items();
    line(
        text,
        "%s%,d items%s, %s of %,d numbers",
        items.exact() ? "" : "about ",
        items.train(),
        items.test() == 0 ? "" : String.format(Locale.ROOT, " and %,d test items", items.test()),
        items.texts() ? "texts, embedded to vectors" : "vectors",
        items.dimension());
    RunPlan.Collisions collisions = plan.collisions();
    line(
        text,
        "%,d paths; collision rate: floor %.4f (pigeonhole), %s; random codes: %.4f",
        collisions.paths(),
        collisions.pigeonhole(),
        expected(collisions),
        collisions.uniformRandom());
    line(text, "");
    line(text, "%-34s %6s %9s %10s %12s", "stage", "tasks", "objects", "bytes", "time here");
    for (RunPlan.PlannedStage stage : plan.stages()) {
      line(
          text,
          "%-34s %,6d %,9d %10s %12s",
          stage.name(),
          stage.tasks(),
          stage.objects(),
          GcCommand.size(stage.bytes()),
          stage.seconds() == null ? "" : ProgressLines.span(stage.seconds()));
    }
    line(text, "");
    RunPlan.Disk disk = plan.disk();
    line(
        text,
        "time    %s",
        plan.seconds() == null ? "not measured" : "about " + ProgressLines.span(plan.seconds()));
    line(text, "memory  about %s, mapped files not counted", GcCommand.size(plan.memoryBytes()));
    line(
        text,
        "disk    %s artifacts, %s published, at most %s scratch; %,d objects%s",
        GcCommand.size(disk.artifactBytes()),
        GcCommand.size(disk.runBytes()),
        GcCommand.size(disk.scratchBytes()),
        disk.objects(),
        disk.freeBytes() == null ? "" : "; " + GcCommand.size(disk.freeBytes()) + " are free");
    plan.warnings().forEach(warning -> line(text, "warning: %s", warning));
    plan.suggestions().forEach(suggestion -> line(text, "try: %s", suggestion));
    return text.toString();
  }

  private static String expected(RunPlan.Collisions collisions) {
    return collisions.expectedLow() == collisions.expectedHigh()
        ? String.format(Locale.ROOT, "expected %.4f", collisions.expectedLow())
        : String.format(
            Locale.ROOT,
            "expected %.2f to %.2f",
            collisions.expectedLow(),
            collisions.expectedHigh());
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
