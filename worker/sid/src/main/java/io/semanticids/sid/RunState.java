package io.semanticids.sid;

import io.semanticids.workflows.RunStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words where a run on a server stands. */
final class RunState {
  static final String RUNNING = "running";

  private RunState() {}

  static String of(WorkflowExecutionStatus status) {
    return status.name().replace("WORKFLOW_EXECUTION_STATUS_", "").toLowerCase(Locale.ROOT);
  }

  static List<String> lines(RunStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add(stage(status));
    if (status.waiting() != null) {
      lines.add(
          "waiting: no worker answers on the task queue '%s'; start one with 'sid worker'"
              .formatted(status.waiting()));
    }
    status.warnings().forEach(warning -> lines.add("warning: " + warning));
    return lines;
  }

  /** {@code embed: 17 of 257 units, 5 min 3 s left (3 stages done, 2 min 1 s so far)}. */
  static String stage(RunStatus status) {
    StringBuilder line = new StringBuilder(status.stage());
    if (status.units() > 0) {
      line.append(String.format(Locale.ROOT, ": %,d of %,d units", status.done(), status.units()));
    }
    if (status.secondsLeft() != null) {
      line.append(", ").append(ProgressLines.span(status.secondsLeft())).append(" left");
    }
    line.append(
        String.format(
            Locale.ROOT,
            " (%d %s done, %s so far)",
            status.stages(),
            status.stages() == 1 ? "stage" : "stages",
            ProgressLines.span((double) status.secondsElapsed())));
    return line.toString();
  }
}
