package io.semanticids.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.OpenedSweep;
import io.semanticids.workflows.activity.SweepActivities;
import io.semanticids.workflows.activity.SweepResult;
import io.semanticids.workflows.request.SweepRequest;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One child a run, one after another: the next finds done what it shares with those before it. */
public final class DefaultSweepSemanticIds implements SweepSemanticIds {
  /** How long a request may wait to be read: nobody has told yet how long is too long. */
  private static final Duration OPEN_TIMEOUT = Duration.ofMinutes(30);

  /** Characters; a request written out takes at most 16 KiB, and lists are short. */
  private static final int LONGEST_REQUEST = 65_536;

  private final RunProgress progress = new RunProgress(Workflow.getInfo().getWorkflowId());

  @Override
  public SweepResult run(@Nullable JsonNode input, @Nullable JsonNode extra) {
    try {
      progress.begin("reading the request");
      if (extra != null) {
        throw invalid("2 inputs were given; put everything into one JSON object.");
      }
      if (input != null && input.toString().length() > LONGEST_REQUEST) {
        throw invalid("it has more than %,d characters.".formatted(LONGEST_REQUEST));
      }
      return sweep(input);
    } catch (TemporalFailure failure) {
      throw ReadableFailure.of(failure);
    }
  }

  private SweepResult sweep(@Nullable JsonNode input) {
    String name = Workflow.getInfo().getWorkflowId();
    SweepActivities reading =
        Activities.sweep(TaskQueues.CPU, "read the sweep's request", OPEN_TIMEOUT);
    OpenedSweep opened =
        Waiting.on(TaskQueues.CPU, progress, Async.function(reading::open, input, name));
    progress.warn(opened.warnings());
    int count = opened.runs().size();
    for (int i = 0; i < count; i++) {
      OpenedSweep.Run run = opened.runs().get(i);
      progress.begin("run %d of %d: %s".formatted(i + 1, count, run.label()));
      progress.planned(count, i);
      build(opened, run);
      progress.end();
    }
    progress.begin("publish");
    SweepActivities publishing =
        Activities.sweep(TaskQueues.CPU, "publish the sweep", opened.queueTimeout());
    SweepResult result =
        Waiting.on(TaskQueues.CPU, progress, Async.function(publishing::publish, opened, name));
    progress.finish();
    return result;
  }

  private static void build(OpenedSweep opened, OpenedSweep.Run run) {
    try {
      // Untyped: the typed stub would send a second input.
      Workflow.newUntypedChildWorkflowStub(
              "BuildSemanticIds",
              ChildWorkflowOptions.newBuilder()
                  .setWorkflowId(run.run())
                  .setTaskQueue(TaskQueues.CPU)
                  .setStaticSummary(run.label())
                  .setWorkflowIdReusePolicy(
                      WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                  .build())
          .execute(BuildResult.class, SweepRequest.merged(opened.base(), run.settings()));
    } catch (ChildWorkflowFailure failure) {
      if (failure.getCause() instanceof WorkflowExecutionAlreadyStarted) {
        throw ApplicationFailure.newNonRetryableFailure(
            "The run %s (%s) is under way by itself. Start the sweep again when it has ended."
                .formatted(run.run(), run.label()),
            "RunUnderWay");
      }
      TemporalFailure readable = ReadableFailure.of(failure);
      if (readable instanceof ApplicationFailure application) {
        throw ApplicationFailure.newNonRetryableFailure(
            "Run %s (%s): %s".formatted(run.run(), run.label(), application.getOriginalMessage()),
            application.getType());
      }
      throw readable;
    }
  }

  private static ApplicationFailure invalid(String problem) {
    return ApplicationFailure.newNonRetryableFailure(
        "The request is invalid: " + problem, FailureTypes.INVALID_REQUEST);
  }

  @Override
  public RunStatus status() {
    return progress.status();
  }
}
