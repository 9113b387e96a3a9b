package io.semanticids.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.workflows.activity.SweepResult;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** Runs every combination of some settings and sets them side by side. The id names the sweep. */
@WorkflowInterface
public interface SweepSemanticIds {
  /**
   * Runs them one after another, or finds them done: what two of them share is computed once.
   *
   * @param request a request with the key {@code vary} (docs/request.md)
   * @param extra nothing: a second input is refused instead of ignored
   */
  @WorkflowMethod(name = "SweepSemanticIds")
  SweepResult run(@Nullable JsonNode request, @Nullable JsonNode extra);

  /** Where the sweep stands: its stage is the run in hand, its units are runs. */
  @QueryMethod(name = "status")
  RunStatus status();
}
