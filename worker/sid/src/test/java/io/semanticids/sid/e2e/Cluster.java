package io.semanticids.sid.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A real Temporal server, a real S3 server and workers, all of them processes of their own, for one
 * test class. Close it: it stops them.
 */
final class Cluster implements AutoCloseable {
  private static final String QUEUE = "semantic-ids";
  private static final String TYPE = "BuildSemanticIds";

  /** A run here takes seconds, a minute where a worker died; more on a machine that is busy. */
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Path folder;
  private final DevServer temporal;
  private final DevServer s3;
  private final Map<String, String> temporalEnvironment;
  private final Map<String, String> s3Environment;
  private final StoreProxy proxy;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final List<RunningWorker> workers = new ArrayList<>();
  private final List<String> descriptions = new ArrayList<>();

  private Cluster(Path folder) {
    this.folder = folder;
    temporal = DevServer.temporal(folder.resolve("temporal"));
    s3 = DevServer.s3(folder.resolve("s3"));
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end of the cluster"));
    temporalEnvironment = temporal.start();
    s3Environment = s3.start();
    proxy = new StoreProxy(Integer.parseInt(s3.ports().get("SID_S3_PORT")));
    stubs =
        // Tries for longer than the first call would: on a busy machine that takes seconds.
        WorkflowServiceStubs.newConnectedServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporalEnvironment.get("TEMPORAL_ADDRESS"))
                .build(),
            Duration.ofMinutes(2));
    client = WorkflowClient.newInstance(stubs);
  }

  /** Starts the servers; their data and the workers' logs go to a folder of this name. */
  static Cluster start(String name) {
    return new Cluster(Work.folder(name));
  }

  /** Whether the programs of the servers are here: {@code .ci/run} sees to it. */
  static boolean possible() {
    return System.getenv("SID_TEST_TEMPORAL_ADDRESS") != null
        && System.getenv("SID_TEST_S3_ENDPOINT") != null;
  }

  Path folder() {
    return folder;
  }

  /** The objects of the bucket, by their paths: the gateway keeps them as files. */
  Path bucket() {
    return folder.resolve("s3/data/sid");
  }

  StoreProxy proxy() {
    return proxy;
  }

  DevServer temporal() {
    return temporal;
  }

  DevServer s3() {
    return s3;
  }

  /** The credentials of this cluster's store. */
  Map<String, String> credentials() {
    return s3Environment;
  }

  WorkflowClient client() {
    return client;
  }

  /** Puts a file into the bucket. */
  void put(Path file, String key) {
    try {
      Path target = bucket().resolve(key);
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a worker of a role, with more arguments if need be. */
  RunningWorker worker(String role, String... more) {
    String name = role + "-" + workers.size();
    Program program =
        environment(Program.in(folder).brief())
            .with("AWS_ENDPOINT_URL_S3", proxy.endpoint(name))
            // A machine of its own.
            .with("SID_CACHE", cache(name).toString());
    List<String> arguments = new ArrayList<>(List.of("worker", "--role", role));
    arguments.addAll(List.of("--root", "s3://sid/", "--threads", "1"));
    arguments.addAll(List.of(more));
    Path log = folder.resolve(name + ".log");
    RunningWorker worker =
        new RunningWorker(name, program.start(log, log, arguments.toArray(String[]::new)), log);
    workers.add(worker);
    return worker;
  }

  /** The cache of a worker. */
  Path cache(String worker) {
    return folder.resolve("cache-" + worker);
  }

  /** The program with this cluster's servers. */
  Program environment(Program program) {
    Program with = program;
    for (Map<String, String> environment : List.of(temporalEnvironment, s3Environment)) {
      for (Map.Entry<String, String> variable : environment.entrySet()) {
        with = with.with(variable.getKey(), variable.getValue());
      }
    }
    return with;
  }

  /** All workers that were ever started. */
  List<RunningWorker> workers() {
    return List.copyOf(workers);
  }

  RunningWorker worker(Fault fault) {
    String name = fault.awaitStruck();
    return workers.stream().filter(worker -> worker.name().equals(name)).findFirst().orElseThrow();
  }

  List<RunningWorker> alive() {
    return workers.stream().filter(worker -> worker.process().isAlive()).toList();
  }

  /** Starts a run. */
  WorkflowStub run(String name, ObjectNode request) {
    WorkflowStub run =
        client.newUntypedWorkflowStub(
            TYPE, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).setWorkflowId(name).build());
    run.start(request);
    return run;
  }

  /** Waits for a run's end, whatever becomes of the server meanwhile. */
  JsonNode result(String name) {
    Instant limit = Instant.now().plus(LIMIT);
    while (true) {
      try {
        return client.newUntypedWorkflowStub(name).getResult(5, TimeUnit.SECONDS, JsonNode.class);
      } catch (TimeoutException | WorkflowServiceException e) {
        if (Instant.now().isAfter(limit)) {
          throw new AssertionError(
              name + " has not ended in " + LIMIT + "; pending: " + pending(name), e);
        }
      }
    }
  }

  private DescribeWorkflowExecutionResponse describe(String name) {
    return stubs
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(name))
                .build());
  }

  /**
   * Keeps what the server says of a run and its children just now: memo, details, pending
   * activities with their heartbeats.
   */
  void look(String name) {
    DescribeWorkflowExecutionResponse description = describe(name);
    descriptions.add(description.toString());
    description.getPendingChildrenList().forEach(child -> look(child.getWorkflowId()));
  }

  /** What was seen at each {@link #look}. */
  List<String> descriptions() {
    return List.copyOf(descriptions);
  }

  /** What the UI shows as pending, of a run and its children. */
  List<PendingActivityInfo> pending(String name) {
    DescribeWorkflowExecutionResponse description = describe(name);
    List<PendingActivityInfo> pending = new ArrayList<>(description.getPendingActivitiesList());
    for (PendingChildExecutionInfo child : description.getPendingChildrenList()) {
      pending.addAll(pending(child.getWorkflowId()));
    }
    return pending;
  }

  /**
   * The last failure's message of a pending activity, as soon as there is one that says this:
   * another task of the run may have failed elsewhere.
   */
  String pendingFailure(String name, String about) {
    List<String> messages = new ArrayList<>();
    until(
        "a failure of a pending activity of " + name + " that says " + about,
        () -> {
          pending(name).stream()
              .filter(PendingActivityInfo::hasLastFailure)
              .map(activity -> activity.getLastFailure().getMessage())
              .filter(message -> message.contains(about))
              .forEach(messages::add);
          return !messages.isEmpty();
        });
    return messages.get(0);
  }

  Histories histories(String name) {
    return Histories.of(client, name);
  }

  static void until(String what, BooleanSupplier reached) {
    Instant limit = Instant.now().plus(LIMIT);
    while (!reached.getAsBoolean()) {
      if (Instant.now().isAfter(limit)) {
        throw new AssertionError("waited in vain for " + what);
      }
      pause(Duration.ofMillis(50));
    }
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void end() {
    alive().forEach(worker -> worker.process().destroyForcibly());
    s3.stop();
    temporal.stop();
  }

  @Override
  public void close() {
    proxy.close();
    stubs.shutdownNow();
    end();
  }
}
