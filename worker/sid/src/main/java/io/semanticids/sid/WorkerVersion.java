package io.semanticids.sid;

import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerOptions;
import org.jspecify.annotations.Nullable;

/**
 * Worker versioning, for those who want it: runs stay with the workers of the build that they began
 * on.
 */
final class WorkerVersion {
  /** Of all workers of both queues. */
  static final String DEPLOYMENT = "semantic-ids";

  private WorkerVersion() {}

  /**
   * The options of a worker of this build.
   *
   * @param build null: without versioning, any worker takes any task
   */
  static WorkerOptions of(@Nullable String build, WorkerOptions options) {
    if (build == null) {
      return options;
    }
    return WorkerOptions.newBuilder(options)
        .setDeploymentOptions(
            WorkerDeploymentOptions.newBuilder()
                .setUseVersioning(true)
                .setVersion(new WorkerDeploymentVersion(DEPLOYMENT, build))
                // A stage's bytes are promised within one build: its units are never computed by
                // two.
                .setDefaultVersioningBehavior(VersioningBehavior.PINNED)
                .build())
        .build();
  }
}
