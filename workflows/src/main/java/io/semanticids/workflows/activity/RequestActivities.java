package io.semanticids.workflows.activity;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two ends of a run: reading its request, and noting how long it took. */
@ActivityInterface
public interface RequestActivities {
  /**
   * Validates the request whole, looks at what it points to, and makes sure that the run's name is
   * free.
   *
   * @throws io.temporal.failure.ApplicationFailure of type {@link FailureTypes#INVALID_REQUEST},
   *     with all problems
   */
  @ActivityMethod(name = "OpenRequest")
  OpenedRequest open(@Nullable JsonNode request, String run);

  /** Writes the request down in the run's folder: the name belongs to it from then on. */
  @ActivityMethod(name = "ClaimRun")
  void claim(OpenedRequest request, String run);

  /** Writes timings.json of a run unless it is there. */
  @ActivityMethod(name = "RecordTimings")
  void recordTimings(RunContext context, String run, Map<String, StageTimings> timings);
}
