package io.semanticids.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Level;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StageResult;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chain of stages: prepare, embed, fit, encode, balance, evaluate, publish. */
public final class DefaultBuildSemanticIds implements BuildSemanticIds {
  /** How long a request may wait to be read: nobody has told yet how long is too long. */
  private static final Duration OPEN_TIMEOUT = Duration.ofMinutes(30);

  private final RunProgress progress = new RunProgress(Workflow.getInfo().getWorkflowId());
  private @Nullable OpenedRequest request;

  @Override
  public BuildResult run(@Nullable JsonNode input) {
    String run = Workflow.getInfo().getWorkflowId();
    progress.begin("reading the request");
    OpenedRequest opened =
        Waiting.on(
            TaskQueues.CPU,
            progress,
            () ->
                Activities.request(TaskQueues.CPU, "read the request", OPEN_TIMEOUT)
                    .open(input, run));
    request = opened;
    progress.warn(opened.warnings());
    StageSequence stages = new StageSequence(opened, progress);

    StageResult prepared = stages.run("prepare", "prepare", opened.prepare());
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
    Artifact report = stages.run("evaluate", "evaluate", evaluate).artifact();
    Stage publish =
        new Stage.Publish(
            run, opened.effective().toString(), items, vectors, fits, before, after, report);
    StageResult published = stages.publish(publish, run);
    progress.finish();
    return new BuildResult(
        run,
        published.facts().path("output").asText(),
        published.facts().path("report").asText(),
        published.facts().path("headline"),
        progress.status().warnings());
  }

  @Override
  public void stageProgress(int done) {
    progress.advance(done);
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
