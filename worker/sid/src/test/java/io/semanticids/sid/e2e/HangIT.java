package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.semanticids.sid.e2e.FailureRuns.Disturbed;
import io.semanticids.sid.e2e.Histories.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A worker that lives and gets nothing done: the store's answer comes a byte every few seconds, for
 * ever, so that no connection times out. Only with {@code SID_TEST_HANG=yes}: a step may say
 * nothing for ten minutes.
 */
class HangIT {
  /** TaskProgress: how long a step may say nothing. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Test
  void taskThatHangsGoesToAnotherWorker() {
    assumeTrue("yes".equals(System.getenv("SID_TEST_HANG")), "takes twelve minutes");
    assumeTrue(Cluster.possible(), "no servers: infra/dev/dev.sh start FOLDER starts some");
    try (Cluster cluster = Cluster.start("hang")) {
      FailureRuns runs = new FailureRuns(cluster);
      List.of("cpu", "gpu", "gpu").forEach(cluster::worker);
      runs.undisturbed();
      Disturbed struck =
          runs.strike("hanging", Fault.Kind.STARVE, "GET", "artifacts/prepare/.*/part-0000[23]-");
      Cluster.pause(PATIENCE);
      List<Task> retried =
          runs.same(struck.name(), struck.at(), 1, "patience 10 min, then heartbeat timeout 40 s");
      runs.print("A worker that hangs");
      assertThat(retried).hasSize(1);
      assertThat(struck.worker().is(retried.get(0).identity())).isFalse();
      assertThat(struck.worker().process().isAlive()).isTrue();
    }
  }
}
