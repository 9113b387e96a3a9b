package io.semanticids.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.Level;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.RequestActivities;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StageResult;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chain of stages: prepare, embed, fit, encode, balance, evaluate, publish. */
public final class DefaultBuildSemanticIds implements BuildSemanticIds {
  /** How long a request may wait to be read: nobody has told yet how long is too long. */
  private static final Duration OPEN_TIMEOUT = Duration.ofMinutes(30);

  /** Characters; a request written out takes at most 16 KiB. */
  private static final int LONGEST_REQUEST = 65_536;

  private final RunProgress progress = new RunProgress(Workflow.getInfo().getWorkflowId());
  private @Nullable OpenedRequest request;

  @Override
  public BuildResult run(@Nullable JsonNode input, @Nullable JsonNode extra) {
    try {
      progress.begin("reading the request");
      if (extra != null) {
        throw invalid("2 inputs were given; put everything into one JSON object.");
      }
      return build(open(input));
    } catch (TemporalFailure failure) {
      throw ReadableFailure.of(failure);
    }
  }

  private OpenedRequest open(@Nullable JsonNode input) {
    // Its copy for the activity must stay below the server's 2 MiB, whatever escaping adds.
    if (input != null && input.toString().length() > LONGEST_REQUEST) {
      throw invalid(
          "it has more than %,d characters; a request is one small object that names a dataset."
              .formatted(LONGEST_REQUEST));
    }
    RequestActivities activities =
        Activities.request(TaskQueues.CPU, "read the request", OPEN_TIMEOUT);
    return Waiting.on(
        TaskQueues.CPU,
        progress,
        Async.function(activities::open, input, Workflow.getInfo().getWorkflowId()));
  }

  private void claim(OpenedRequest opened, String run) {
    RequestActivities activities =
        Activities.request(TaskQueues.CPU, "claim the run's name", opened.queueTimeout());
    Waiting.on(TaskQueues.CPU, progress, Async.procedure(activities::claim, opened, run));
  }

  private BuildResult build(OpenedRequest opened) {
    String run = Workflow.getInfo().getWorkflowId();
    request = opened;
    progress.warn(opened.warnings());
    StageSequence stages = new StageSequence(opened, progress);

    StageResult prepared = stages.run("prepare", "prepare", opened.prepare());
    // Only now: a catalogue that turns out to be unreadable leaves nothing below runs/.
    claim(opened, run);
    Artifact items = prepared.artifact();
    progress.warn(Facts.strings(prepared.facts(), "warnings"));
    Artifact vectors =
        opened.model() == null
            ? items
            : stages.run("embed", "embed", new Stage.Embed(items, opened.model())).artifact();

    int levels = opened.sizes().size();
    List<Artifact> fits = new ArrayList<>();
    for (int level = 1; level <= levels; level++) {
      Stage fit =
          new Stage.Fit(items, vectors, fits, level, opened.sizes().get(level - 1), opened.seed());
      fits.add(stages.run("fit", "fit level " + level, fit).artifact());
    }
    Artifact before =
        stages
            .run("encode", "encode", new Stage.Encode(items, vectors, fits, opened.beam()))
            .artifact();
    long rows =
        prepared.facts().path("trainRows").asLong() + prepared.facts().path("testRows").asLong();
    List<Level> after = new LevelSequence(opened, stages, items, vectors, fits, rows).balance();

    Stage evaluate =
        new Stage.Evaluate(items, vectors, fits, before, after, opened.sizes(), opened.seed());
    StageResult evaluated = stages.run("evaluate", "evaluate", evaluate);
    progress.warn(Facts.strings(evaluated.facts(), "warnings"));
    Artifact report = evaluated.artifact();
    Stage publish =
        new Stage.Publish(
            run, opened.effective().toString(), items, vectors, fits, before, after, report);
    StageResult published = stages.publish(publish, run);
    BuildResult result =
        new BuildResult(
            run,
            published.facts().path("output").asText(),
            published.facts().path("report").asText(),
            published.facts().path("headline"),
            progress.status().warnings());
    progress.finish(result);
    return result;
  }

  private static ApplicationFailure invalid(String problem) {
    return ApplicationFailure.newNonRetryableFailure(
        "The request is invalid: " + problem, FailureTypes.INVALID_REQUEST);
  }

  @Override
  public void stageProgress(@Nullable String label, @Nullable Integer done) {
    if (done != null) {
      progress.advance(label, done);
    }
  }

  @Override
  public RunStatus status() {
    return progress.status();
  }

  @Override
  public @Nullable JsonNode effectiveRequest() {
    return request == null ? null : request.effective();
  }
}
