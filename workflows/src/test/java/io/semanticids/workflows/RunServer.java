package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A Temporal server, in this process unless told otherwise, with workers of both queues. */
final class RunServer implements AutoCloseable {
  static final String RUN = "autumn-256";
  static final String SWEEP = "autumn-sweep";

  /** Seconds; a run of fakes takes one or two. */
  private static final int PATIENCE = 60;

  private static final int MOST_PAYLOAD_BYTES = 32 << 10;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final TestWorkflowEnvironment server;
  final PayloadBudget budget = new PayloadBudget(MOST_PAYLOAD_BYTES);

  private RunServer(boolean timeSkipping, boolean budgeted) {
    server =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(timeSkipping)
                .setWorkflowClientOptions(client(budgeted, "default"))
                .build());
  }

  private RunServer(String address, String namespace) {
    server =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseExternalService(true)
                .setTarget(address)
                .setWorkflowClientOptions(client(true, namespace))
                .build());
  }

  private WorkflowClientOptions client(boolean budgeted, String namespace) {
    return WorkflowClientOptions.newBuilder()
        .setNamespace(namespace)
        .setDataConverter(
            budgeted
                ? new CodecDataConverter(DefaultDataConverter.newDefaultInstance(), List.of(budget))
                : DefaultDataConverter.newDefaultInstance())
        .build();
  }

  /** Both queues polled, time as it passes, no payload over 32 KiB. */
  static RunServer with(FakeActivities activities) {
    return new RunServer(false, true).polling(activities);
  }

  /** The same, for inputs that are too large. */
  static RunServer withAnyPayload(FakeActivities activities) {
    return new RunServer(false, false).polling(activities);
  }

  /** A real server. */
  static RunServer at(String address, String namespace, FakeActivities activities) {
    return new RunServer(address, namespace).polling(activities);
  }

  /** No queue is polled yet. Time may skip, but only while no activity is pending. */
  static RunServer unstarted(boolean timeSkipping) {
    return new RunServer(timeSkipping, true);
  }

  private RunServer polling(FakeActivities activities) {
    // A cancellation is heard of in the answer to a heartbeat, and heartbeats are throttled.
    WorkerOptions options =
        WorkerOptions.newBuilder().setMaxHeartbeatThrottleInterval(Duration.ofMillis(50)).build();
    Worker cpu = server.newWorker(TaskQueues.CPU, options);
    SemanticIdsWorkflows.registerOn(cpu);
    cpu.registerActivitiesImplementations(activities, new FakeSweepActivities());
    server.newWorker(TaskQueues.GPU, options).registerActivitiesImplementations(activities);
    server.start();
    return this;
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WorkflowStub start(Object... input) {
    return startAs("BuildSemanticIds", RUN, input);
  }

  WorkflowStub startSweep(Object... input) {
    return startAs("SweepSemanticIds", SWEEP, input);
  }

  private WorkflowStub startAs(String type, String workflowId, Object... input) {
    WorkflowStub stub =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.CPU)
                    .setWorkflowId(workflowId)
                    .build());
    stub.start(input);
    return stub;
  }

  WorkflowStub startValid() {
    return start(json("{'dataset': 's3://b/items/'}"));
  }

  BuildResult run() {
    return result(startValid());
  }

  static BuildResult result(WorkflowStub stub) {
    return result(stub, BuildResult.class);
  }

  static <T> T result(WorkflowStub stub, Class<T> type) {
    try {
      return stub.getResult(PATIENCE, TimeUnit.SECONDS, type);
    } catch (TimeoutException e) {
      throw new AssertionError("The run has not ended within %d s.".formatted(PATIENCE), e);
    }
  }

  /** How a run that fails ends. */
  static TemporalFailure failure(WorkflowStub stub) {
    WorkflowFailedException failed =
        catchThrowableOfType(WorkflowFailedException.class, () -> result(stub));
    if (failed == null || !(failed.getCause() instanceof TemporalFailure failure)) {
      throw new AssertionError("The run did not fail.", failed);
    }
    return failure;
  }

  /** The same, where it ends with a failure of ours. */
  static ApplicationFailure applicationFailure(WorkflowStub stub) {
    TemporalFailure failure = failure(stub);
    if (failure instanceof ApplicationFailure application) {
      return application;
    }
    throw new AssertionError("Not a failure of ours.", failure);
  }

  /** Waits until something holds that another thread brings about. */
  static void until(BooleanSupplier holds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("It has not come about within %d s.".formatted(PATIENCE));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  static RunStatus status(WorkflowStub stub) {
    return stub.query("status", RunStatus.class);
  }

  static String currentDetails(WorkflowStub stub) {
    return stub.query("__temporal_workflow_metadata", WorkflowMetadata.class).getCurrentDetails();
  }

  WorkflowExecutionHistory history(String workflowId) {
    return server.getWorkflowClient().fetchHistory(workflowId);
  }

  List<HistoryEvent> events(String workflowId, EventType type) {
    return history(workflowId).getEvents().stream()
        .filter(event -> event.getEventType() == type)
        .toList();
  }

  /** The run and the children that it started. */
  List<String> workflowIds() {
    List<String> ids = new ArrayList<>();
    ids.add(RUN);
    events(RUN, EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED).stream()
        .map(event -> event.getChildWorkflowExecutionStartedEventAttributes())
        .forEach(child -> ids.add(child.getWorkflowExecution().getWorkflowId()));
    return ids;
  }

  @Override
  public void close() {
    server.close();
  }
}
