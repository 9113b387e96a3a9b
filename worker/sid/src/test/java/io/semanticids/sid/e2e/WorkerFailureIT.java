package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.semanticids.sid.e2e.FailureRuns.Disturbed;
import io.semanticids.sid.e2e.Histories.Task;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Workers that are killed, stopped or told to end, on real servers: the run completes without a
 * hand on it, and nothing of it is different. The runs are under way together, as most of their
 * time is that of the heartbeat timeouts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkerFailureIT {
  /** One slot a worker: what it had in hand. */
  private static final int IN_FLIGHT = 1;

  private static final String HEARTBEAT = "heartbeat timeout 40 s";

  /** In which stage a worker is killed, and what it is about to tell the store then. */
  enum Kill {
    PREPARE(Fault.Kind.HOLD_REQUEST, "artifacts/prepare/.*/part-00002-"),
    EMBED(Fault.Kind.HOLD_REQUEST, "artifacts/embed/.*/part-00001-"),
    /** What is committed is not done again, though the worker never heard that it is. */
    FIT(Fault.Kind.HOLD_ANSWER, "artifacts/fit/.*/part-00000.json"),
    ENCODE(Fault.Kind.HOLD_REQUEST, "artifacts/encode/.*/part-00001.json"),
    BALANCE(Fault.Kind.HOLD_REQUEST, "artifacts/assign/.*/part-0000"),
    EVALUATE(Fault.Kind.HOLD_REQUEST, "artifacts/evaluate/.*/part-0000"),
    PUBLISH(Fault.Kind.HOLD_REQUEST, "runs/.*/codebook/");

    private final Fault.Kind kind;
    private final String object;

    Kill(Fault.Kind kind, String object) {
      this.kind = kind;
      this.object = object;
    }

    String run() {
      return "killed-in-" + name().toLowerCase(Locale.ROOT);
    }

    String role() {
      return this == EMBED ? "gpu" : "cpu";
    }
  }

  private final Map<String, Disturbed> disturbed = new LinkedHashMap<>();
  private Cluster cluster;
  private FailureRuns runs;

  @BeforeAll
  void disturb() {
    assumeTrue(Cluster.possible(), "no servers: infra/dev/dev.sh start FOLDER starts some");
    cluster = Cluster.start("worker-failure");
    runs = new FailureRuns(cluster);
    for (String role : List.of("cpu", "cpu", "gpu", "gpu")) {
      cluster.worker(role);
    }
    runs.undisturbed();
    for (Kill kill : Kill.values()) {
      Disturbed struck = strike(kill.run(), kill.kind, "PUT", kill.object);
      struck.worker().kill();
      struck.fault().drop();
      cluster.worker(kill.role());
    }
    // Its network is as good as cut: nothing goes out, what comes in is not read.
    strike("stopped", Fault.Kind.HOLD_REQUEST, "PUT", "artifacts/encode/.*/part-00001-")
        .worker()
        .signal("STOP");
    cluster.worker("cpu");
    terminate(
        strike("terminated", Fault.Kind.HOLD_REQUEST, "GET", "artifacts/prepare/.*/part-0000[23]-"),
        "gpu");
    terminate(
        strike(
            "terminated-at-its-end",
            Fault.Kind.HOLD_REQUEST,
            "PUT",
            "artifacts/encode/.*/part-00001-"),
        "cpu");
  }

  private Disturbed strike(String run, Fault.Kind kind, String method, String object) {
    Disturbed struck = runs.strike(run, kind, method, object);
    disturbed.put(run, struck);
    return struck;
  }

  private void terminate(Disturbed struck, String role) {
    struck.worker().signal("TERM");
    Cluster.until(
        "the drain of " + struck.worker(), () -> struck.worker().said().contains("draining"));
    struck.fault().release();
    cluster.worker(role);
  }

  @AfterAll
  void close() {
    if (runs != null) {
      runs.print("Workers that fail, two of each role, on a Temporal server and an S3 server");
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The run, which must have been tried again once, by another worker. */
  private void sameAfterOneRetry(String run, String explanation) {
    Disturbed struck = disturbed.get(run);
    List<Task> retried = runs.same(run, struck.at(), IN_FLIGHT, explanation);
    assertThat(retried).as("activities that were tried again").hasSize(1);
    assertThat(retried.get(0).attempts()).isEqualTo(2);
    assertThat(struck.worker().is(retried.get(0).identity())).isFalse();
  }

  @Order(1)
  @ParameterizedTest
  @EnumSource
  void killed(Kill kill) {
    sameAfterOneRetry(kill.run(), HEARTBEAT);
  }

  /** SIGTERM: no new task; the one in hand goes to another worker at once. */
  @Test
  @Order(2)
  void terminated() {
    sameAfterOneRetry("terminated", "handed back at once");
    drained("terminated");
  }

  /** SIGTERM: what is nearly done is brought to its end. */
  @Test
  @Order(2)
  void terminatedAtItsEnd() {
    String run = "terminated-at-its-end";
    assertThat(runs.same(run, disturbed.get(run).at(), 0, "finished within the grace time"))
        .isEmpty();
    drained(run);
  }

  private void drained(String run) {
    Disturbed struck = disturbed.get(run);
    assertThat(struck.worker().await()).isEqualTo(143);
    for (String any : disturbed.keySet()) {
      assertThat(cluster.histories(any).tasks())
          .filteredOn(task -> struck.worker().is(task.identity()))
          .allSatisfy(task -> assertThat(task.started()).isBefore(struck.at()));
    }
  }

  /** A worker that was given up and comes back changes nothing. */
  @Test
  @Order(3)
  void zombie() {
    sameAfterOneRetry("stopped", HEARTBEAT);
    Disturbed struck = disturbed.get("stopped");
    Path output = cluster.bucket().resolve("stopped");
    Map<String, String> before = Work.content(output);

    struck.worker().signal("CONT");
    struck.fault().release();

    String name = struck.worker().name();
    Cluster.until(
        "the zombie's own object to be deleted by it",
        () ->
            cluster.proxy().requests().stream()
                .anyMatch(
                    request -> request.matches(name + " DELETE /sid/stopped/.*/part-00001-.*")));
    assertThat(Work.content(output)).isEqualTo(before);
    assertThat(struck.worker().process().isAlive()).isTrue();
  }

  /** In no history, log, object or working file: after all that went wrong here. */
  @Test
  @Order(4)
  void noCredentialsAnywhere() {
    Traces traces = Traces.of(cluster);
    // What is everywhere is found everywhere.
    assertThat(traces.containing("s3://sid/"))
        .anyMatch(place -> place.startsWith("history of "))
        .anyMatch(place -> place.endsWith("/request.json"));
    assertThat(traces.containing("BuildSemanticIds"))
        .anyMatch(place -> place.startsWith("description "));
    assertThat(traces.containing("sid worker")).anyMatch(place -> place.startsWith("log of "));
    assertThat(traces.containing(cluster.credentials().get("AWS_SECRET_ACCESS_KEY"))).isEmpty();
  }
}
