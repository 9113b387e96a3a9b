package io.semanticids.workflows;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a run stands, for its queries and its current details. Belongs to one workflow. */
final class RunProgress {
  private final long started = Workflow.currentTimeMillis();
  private final List<String> warnings = new ArrayList<>();
  private final String run;
  private String stage = "reading the request";
  private long stageStarted = started;
  private int stages;
  private int doneAtStart;
  private int done;
  private int units;
  private @Nullable String waiting;

  RunProgress(String run) {
    this.run = run;
  }

  void warn(List<String> more) {
    warnings.addAll(more);
  }

  void begin(String label) {
    stage = label;
    stageStarted = Workflow.currentTimeMillis();
    done = 0;
    doneAtStart = 0;
    units = 0;
    show();
  }

  void planned(int ofUnits, int doneAlready) {
    units = ofUnits;
    done = doneAlready;
    doneAtStart = doneAlready;
    show();
  }

  void advance(int doneNow) {
    done = Math.max(done, Math.min(doneNow, units));
    show();
  }

  void end() {
    stages++;
  }

  void finish() {
    stage = "done";
    units = 0;
    show();
  }

  void waitingFor(@Nullable String queue) {
    waiting = queue;
    show();
  }

  RunStatus status() {
    return new RunStatus(
        run,
        stage,
        stages,
        done,
        units,
        (Workflow.currentTimeMillis() - started) / 1000,
        secondsLeft(),
        waiting,
        warnings);
  }

  private @Nullable Long secondsLeft() {
    int computed = done - doneAtStart;
    if (computed <= 0) {
      return null;
    }
    return (Workflow.currentTimeMillis() - stageStarted) * (units - done) / computed / 1000;
  }

  private void show() {
    StringBuilder text = new StringBuilder("**").append(stage).append("**\n");
    if (units > 1) {
      text.append("- ").append(done).append(" of ").append(units).append(" units done");
      Long left = secondsLeft();
      if (left != null) {
        text.append(", about ")
            .append(Duration.ofSeconds(left).toString().substring(2))
            .append(" left");
      }
      text.append('\n');
    }
    text.append("- ").append(stages).append(" stages finished\n");
    if (waiting != null) {
      text.append("- **no worker answers on task queue `")
          .append(waiting)
          .append("`**: start one with `sid worker`\n");
    }
    warnings.forEach(warning -> text.append("- warning: ").append(warning).append('\n'));
    Workflow.setCurrentDetails(text.toString());
  }
}
