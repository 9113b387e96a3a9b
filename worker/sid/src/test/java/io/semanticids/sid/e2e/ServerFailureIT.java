package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.semanticids.sid.e2e.FailureRuns.Disturbed;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * All workers at once, the Temporal server, the S3 server, the catalogue: gone, and back. Where
 * waiting can help, the run waits and goes on by itself, and the pending activity says why it
 * waits; where it cannot, the run fails with one message, and the same request resumes it.
 *
 * <p>{@code SID_TEST_OUTAGE_SECONDS}: how long a server is away; by default a short while.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerFailureIT {
  private static final Duration OUTAGE =
      Duration.ofSeconds(
          Optional.ofNullable(System.getenv("SID_TEST_OUTAGE_SECONDS"))
              .map(Long::valueOf)
              .orElse(5L));

  /** Two workers of the role that the stage runs on. */
  private static final int IN_FLIGHT = 2;

  private static final String ENCODED = "artifacts/encode/.*/part-00001-";

  private Cluster cluster;
  private FailureRuns runs;

  @BeforeAll
  void start() {
    assumeTrue(Cluster.possible(), "no servers: infra/dev/dev.sh start FOLDER starts some");
    cluster = Cluster.start("server-failure");
    runs = new FailureRuns(cluster);
    startWorkers();
    runs.undisturbed();
  }

  private void startWorkers() {
    List.of("cpu", "cpu", "gpu", "gpu").forEach(cluster::worker);
  }

  @AfterAll
  void close() {
    if (runs != null) {
      runs.print("Servers that are away for " + OUTAGE.toSeconds() + " s, and what else can pass");
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void allWorkersKilled() {
    Disturbed struck = runs.strike("all-workers-killed", Fault.Kind.HOLD_REQUEST, "PUT", ENCODED);
    cluster.alive().forEach(RunningWorker::kill);
    struck.fault().drop();
    Cluster.pause(OUTAGE);
    startWorkers();
    runs.same(struck.name(), struck.at(), IN_FLIGHT, "heartbeat timeout 40 s");
  }

  @Test
  void temporalServerKilled() {
    Disturbed struck = runs.strike("temporal-killed", Fault.Kind.HOLD_REQUEST, "PUT", ENCODED);
    cluster.temporal().kill();
    Instant killed = Instant.now();
    struck.fault().release();
    Cluster.pause(OUTAGE);
    cluster.temporal().start();
    runs.same(struck.name(), killed, IN_FLIGHT, "outage, then the clients' next try");
  }

  @Test
  void storeKilled() {
    Disturbed struck = runs.strike("store-killed", Fault.Kind.HOLD_REQUEST, "PUT", ENCODED);
    cluster.s3().kill();
    cluster.proxy().shut();
    struck.fault().drop();
    try {
      assertThat(cluster.pendingFailure(struck.name(), "s3://sid/store-killed/artifacts/encode/"))
          .containsAnyOf("nobody listens there", "the connection broke")
          .hasLineCount(1);
      Cluster.pause(OUTAGE);
    } finally {
      cluster.s3().start();
      cluster.proxy().reopen();
    }
    // One that was first tried during the outage counts as tried again.
    runs.same(struck.name(), struck.at(), IN_FLIGHT + 1, "outage, then at most 20 s between tries");
  }

  /** It goes after it was looked at, before it is read. */
  @Test
  void catalogueGoes() {
    Disturbed struck =
        runs.strike("catalogue-goes", Fault.Kind.HOLD_REQUEST, "(GET|HEAD)", "artifacts/prepare/");
    runs.removeItems(struck.name());
    struck.fault().release();
    assertThat(failure(struck.name()).getOriginalMessage())
        .contains("s3://sid/data/catalogue-goes.jsonl")
        .contains("does not exist")
        .hasLineCount(1);

    runs.putItems(struck.name());
    sameAfterAnotherStart(struck.name());
  }

  private void sameAfterAnotherStart(String run) {
    Instant again = Instant.now();
    runs.again(run);
    assertThat(runs.same(run, again, 0, "failed with a reason, then the same request again"))
        .isEmpty();
  }

  @Test
  void storeRefuses() {
    String name = "store-refuses";
    Fault refusal =
        cluster
            .proxy()
            .add(new Fault(Fault.Kind.REFUSE, "PUT /sid/" + name + "/artifacts/encode/"));
    runs.start(name);
    ApplicationFailure failure = failure(name);
    assertThat(failure.getType()).isEqualTo("AccessDenied");
    assertThat(failure.getOriginalMessage())
        .contains("s3://sid/" + name + "/artifacts/encode/")
        .contains("access is denied")
        .hasLineCount(1);

    refusal.release();
    sameAfterAnotherStart(name);
  }

  private ApplicationFailure failure(String run) {
    WorkflowFailedException failed =
        catchThrowableOfType(WorkflowFailedException.class, () -> cluster.result(run));
    assertThat(failed).as(run).hasCauseInstanceOf(ApplicationFailure.class);
    return (ApplicationFailure) failed.getCause();
  }
}
