package io.semanticids.workflows.activity;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** The two ends of a sweep: reading its request, and setting its runs side by side. */
@ActivityInterface
public interface SweepActivities {
  /**
   * Validates the request of every run, looks at what it points to, makes sure that all names are
   * free, and takes the sweep's.
   *
   * @throws io.temporal.failure.ApplicationFailure of type {@link FailureTypes#INVALID_REQUEST},
   *     with all problems of all runs
   */
  @ActivityMethod(name = "OpenSweep")
  OpenedSweep open(@Nullable JsonNode request, String sweep);

  /** Writes sweep.json and sweep.html from the reports of the finished runs. */
  @ActivityMethod(name = "PublishSweep")
  SweepResult publish(OpenedSweep opened, String sweep);
}
