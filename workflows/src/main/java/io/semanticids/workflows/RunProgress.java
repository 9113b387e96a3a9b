package io.semanticids.workflows;

import com.fasterxml.jackson.databind.JsonNode;
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
  private @Nullable BuildResult ended;

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

  /** Ignores what is said of another stage: a report may arrive after its stage has ended. */
  void advance(@Nullable String label, int doneNow) {
    if (stage.equals(label) && doneNow > done) {
      done = Math.min(doneNow, units);
      show();
    }
  }

  void end() {
    stages++;
  }

  /** The run's end: what came out, and where it lies. */
  void finish(BuildResult result) {
    ended = result;
    finish();
  }

  /** The end of what has no figures of its own. */
  void finish() {
    stage = "done";
    units = 0;
    show();
  }

  void waitingFor(String queue) {
    waiting = queue;
    show();
  }

  void answered() {
    if (waiting != null) {
      waiting = null;
      show();
    }
  }

  long elapsedMillis() {
    return Workflow.currentTimeMillis() - started;
  }

  RunStatus status() {
    return new RunStatus(
        run, stage, stages, done, units, elapsedMillis() / 1000, secondsLeft(), waiting, warnings);
  }

  private @Nullable Long secondsLeft() {
    int computed = done - doneAtStart;
    if (computed <= 0) {
      return null;
    }
    return (Workflow.currentTimeMillis() - stageStarted) * (units - done) / computed / 1000;
  }

  private void show() {
    StringBuilder text = new StringBuilder("**").append(stage).append("**\n\n");
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
      text.append("- **no answer from task queue `")
          .append(waiting)
          .append("` yet**: is a worker running? (`sid worker`)\n");
    }
    if (ended != null) {
      text.append("- ").append(figures(ended.headline())).append('\n');
      text.append("- outputs: `").append(ended.output()).append("`\n");
      text.append("- report: `").append(ended.output()).append("/report.html`\n");
    }
    warnings.forEach(warning -> text.append("- warning: ").append(warning).append('\n'));
    Workflow.setCurrentDetails(text.toString());
  }

  private static String figures(JsonNode headline) {
    JsonNode before = headline.at("/paths/before");
    JsonNode after = headline.at("/paths/after");
    String found =
        "%,d items: %,d different paths, collision rate %.4f"
            .formatted(
                headline.at("/items/train").asLong(),
                before.path("unique").asLong(),
                before.path("collisionRate").asDouble());
    return after.isObject()
        ? "%s; balanced %,d, %.4f"
            .formatted(found, after.path("unique").asLong(), after.path("collisionRate").asDouble())
        : found;
  }
}
