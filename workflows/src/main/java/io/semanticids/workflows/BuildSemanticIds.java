package io.semanticids.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** Turns a catalogue into semantic IDs. The workflow id names the run. */
@WorkflowInterface
public interface BuildSemanticIds {
  /**
   * Runs every stage, or finds it done.
   *
   * @param request one flat JSON object (docs/request.md); a bare {@code JsonNode} so that bad
   *     input becomes one clear failure instead of a workflow task that is retried for ever
   * @param extra nothing: a second input ({@code tctl} sends one for every {@code -i}) is refused
   *     instead of ignored
   */
  @WorkflowMethod(name = "BuildSemanticIds")
  BuildResult run(@Nullable JsonNode request, @Nullable JsonNode extra);

  /**
   * Sent by the child of the stage in hand, at most ten times a stage: so many of its units are
   * committed. Changes nothing but what people see.
   *
   * @param label of the stage; those of other stages are ignored
   * @param done not an {@code int}: a null in its place would fail the workflow task for ever
   */
  @SignalMethod(name = "stageProgress")
  void stageProgress(@Nullable String label, @Nullable Integer done);

  /** Where the run stands. */
  @QueryMethod(name = "status")
  RunStatus status();

  /** The request with every default filled in; null until it has been read. */
  @QueryMethod(name = "effectiveRequest")
  @Nullable JsonNode effectiveRequest();
}
