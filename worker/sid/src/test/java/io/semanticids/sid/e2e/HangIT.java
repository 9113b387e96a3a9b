package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.semanticids.sid.e2e.FailureRuns.Disturbed;
import io.semanticids.sid.e2e.Histories.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A worker that lives and gets nothing done: the store's answer comes a byte every few seconds, for
 * ever, so that no connection times out. The patience is shorter than the usual ten minutes.
 */
class HangIT {
  private static final int PATIENCE_SECONDS = 15;
  private static final int REPLACE = 70;

  @Test
  void taskThatHangsGoesToAnotherWorker() {
    assumeTrue(Cluster.possible(), "no servers: infra/dev/dev.sh start FOLDER starts some");
    try (Cluster cluster = Cluster.start("hang")) {
      FailureRuns runs = new FailureRuns(cluster);
      cluster.worker("cpu");
      List.of("gpu", "gpu")
          .forEach(role -> cluster.worker(role, "--patience", PATIENCE_SECONDS + "s"));
      runs.undisturbed();
      Disturbed struck =
          runs.strike("hanging", Fault.Kind.STARVE, "GET", "artifacts/prepare/.*/part-0000[23]-");
      List<Task> retried =
          runs.same(
              struck.name(),
              struck.at(),
              1,
              "patience %d s, then heartbeat timeout 40 s".formatted(PATIENCE_SECONDS));
      runs.print("A worker that hangs");
      assertThat(retried).hasSize(1);
      assertThat(struck.worker().is(retried.get(0).identity())).isFalse();
      assertThat(struck.worker().await()).isEqualTo(REPLACE);
      assertThat(struck.worker().said())
          .contains("a task of embed has shown no sign of work")
          .contains("exit code 70, start the worker anew");
    }
  }
}
