package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.sid.e2e.FailureRuns.Disturbed;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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

  /** Between the request, which took the content's identity, and the pass that copies it. */
  @Test
  void vectorsChangeBeforeTheyAreCopied() throws IOException {
    Vectors vectors = new Vectors("vectors-change", "artifacts/prepare/");
    vectors.strikeAndChange();
    ApplicationFailure failure = failure(vectors.run);
    assertThat(failure.getType()).isEqualTo("InvalidData");
    assertThat(failure.getOriginalMessage())
        .contains("s3://sid/data/vectors-change.npy has changed")
        .contains("Put it back and start the same run again")
        .hasLineCount(1);
    assertThat(vectors.output()).as("what was made of them").doesNotExist();

    vectors.put(vectors.before);
    vectors.start();
    assertThat(vectors.result()).isEqualTo(vectors.undisturbed());
  }

  /** What was copied is what the run was opened on: it needs its source no more. */
  @Test
  void vectorsChangeAfterTheyWereCopied() throws IOException {
    Vectors vectors = new Vectors("vectors-change-late", "artifacts/fit/");
    vectors.strikeAndChange();
    assertThat(vectors.result()).isEqualTo(vectors.undisturbed());
  }

  /** A run over vectors in the store, which are changed when the run asks for an object. */
  private final class Vectors {
    private final String run;
    private final String asked;
    private final Path before;
    private final Path after;

    Vectors(String run, String asked) {
      this.run = run;
      this.asked = asked;
      before = cluster.folder().resolve(run + ".npy");
      after = cluster.folder().resolve(run + "-after.npy");
      Inputs.vectors(1_100, 8, 1).write(before);
      Inputs.vectors(1_100, 8, 2).write(after);
    }

    /** Of a time of its own: the gateway tells versions of files by the second. */
    void put(Path file) throws IOException {
      cluster.put(file, dataset(run));
      Files.setLastModifiedTime(
          cluster.bucket().resolve(dataset(run)),
          FileTime.from(Instant.now().plusSeconds(file.equals(before) ? 0 : 60)));
    }

    private static String dataset(String run) {
      return "data/" + run + ".npy";
    }

    void start() {
      start(run, run);
    }

    private void start(String name, String of) {
      ObjectNode request = JsonNodeFactory.instance.objectNode();
      request.put("dataset", "s3://sid/" + dataset(of)).put("output", "s3://sid/" + name);
      request.putArray("size").add(8).add(4);
      cluster.run(name, request.put("uniform", true).put("shardRows", 512));
    }

    void strikeAndChange() throws IOException {
      Fault fault =
          cluster
              .proxy()
              .add(new Fault(Fault.Kind.HOLD_REQUEST, "(GET|HEAD) /sid/" + run + "/.*" + asked));
      put(before);
      start();
      fault.awaitStruck();
      put(after);
      fault.release();
    }

    Path output() {
      return cluster.bucket().resolve(run);
    }

    String result() throws IOException {
      cluster.result(run);
      return Files.readString(output().resolve("runs/" + run + "/semantic-ids.jsonl"));
    }

    /** What another run, into another folder, makes of the vectors as they were. */
    String undisturbed() throws IOException {
      put(before);
      String twin = run + "-twin";
      start(twin, run);
      cluster.result(twin);
      return Files.readString(
          cluster.bucket().resolve(twin + "/runs/" + twin + "/semantic-ids.jsonl"));
    }
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
