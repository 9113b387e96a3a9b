package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Duration;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.semanticids.workflows.TaskQueues;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.query.v1.WorkflowQuery;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.QueryWorkflowRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;
import java.util.UUID;

/**
 * A namespace of its own on the Temporal server that {@code infra/dev/dev.sh} has started: the
 * names of the task queues are fixed.
 */
final class Namespace implements AutoCloseable {
  private static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(90);
  private static final long SECONDS_KEPT = 86_400;

  private final String name;
  private final String address;
  private final WorkflowServiceStubs server;

  private Namespace(String name, String address, WorkflowServiceStubs server) {
    this.name = name;
    this.address = address;
    this.server = server;
  }

  /** Makes one; ends the tests of this class where there is no server. */
  static Namespace create(String beginning) {
    String address = System.getenv("SID_TEST_TEMPORAL_ADDRESS");
    assumeTrue(
        address != null, "there is no Temporal server: infra/dev/dev.sh start FOLDER starts one");
    String name = beginning + "-" + UUID.randomUUID();
    WorkflowServiceStubs server =
        WorkflowServiceStubs.newConnectedServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(address)
                .setRpcTimeout(PATIENCE)
                .build(),
            PATIENCE);
    server
        .blockingStub()
        .registerNamespace(
            RegisterNamespaceRequest.newBuilder()
                .setNamespace(name)
                .setWorkflowExecutionRetentionPeriod(Duration.newBuilder().setSeconds(SECONDS_KEPT))
                .build());
    return new Namespace(name, address, server);
  }

  String name() {
    return name;
  }

  WorkflowServiceStubs server() {
    return server;
  }

  WorkflowClient client() {
    return WorkflowClient.newInstance(
        server, WorkflowClientOptions.newBuilder().setNamespace(name).build());
  }

  /** A program that speaks to this namespace. */
  Program in(Program program) {
    return program.with("TEMPORAL_ADDRESS", address).with("TEMPORAL_NAMESPACE", name);
  }

  /** Starts a workflow on our queue with exactly these payloads. */
  void start(String type, String workflowId, List<Payload> input) {
    server
        .blockingStub()
        .startWorkflowExecution(
            StartWorkflowExecutionRequest.newBuilder()
                .setNamespace(name)
                .setRequestId(UUID.randomUUID().toString())
                .setWorkflowId(workflowId)
                .setWorkflowType(WorkflowType.newBuilder().setName(type))
                .setTaskQueue(TaskQueue.newBuilder().setName(TaskQueues.CPU))
                .setInput(Payloads.newBuilder().addAllPayloads(input))
                .build());
  }

  /** Sends a signal with exactly these payloads. */
  void signal(String workflowId, String signal, List<Payload> input) {
    server
        .blockingStub()
        .signalWorkflowExecution(
            SignalWorkflowExecutionRequest.newBuilder()
                .setNamespace(name)
                .setRequestId(UUID.randomUUID().toString())
                .setWorkflowExecution(execution(workflowId))
                .setSignalName(signal)
                .setInput(Payloads.newBuilder().addAllPayloads(input))
                .build());
  }

  /** What a query with exactly these payloads answers, or why it is refused. */
  String query(String workflowId, String query, List<Payload> input) {
    try {
      return server
          .blockingStub()
          .queryWorkflow(
              QueryWorkflowRequest.newBuilder()
                  .setNamespace(name)
                  .setExecution(execution(workflowId))
                  .setQuery(
                      WorkflowQuery.newBuilder()
                          .setQueryType(query)
                          .setQueryArgs(Payloads.newBuilder().addAllPayloads(input)))
                  .build())
          .getQueryResult()
          .getPayloads(0)
          .getData()
          .toStringUtf8();
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).as("%s", e).isEqualTo(Status.Code.INVALID_ARGUMENT);
      return String.valueOf(e.getStatus().getDescription());
    }
  }

  /** Lets new runs begin on a build, as soon as the server has heard of it. */
  void setCurrentBuild(String build) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        server
            .blockingStub()
            .setWorkerDeploymentCurrentVersion(
                SetWorkerDeploymentCurrentVersionRequest.newBuilder()
                    .setNamespace(name)
                    .setDeploymentName("semantic-ids")
                    .setBuildId(build)
                    .setIdentity("test")
                    // The task queue for embedding has no worker of this build yet.
                    .setIgnoreMissingTaskQueues(true)
                    .build());
        return;
      } catch (StatusRuntimeException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(300);
      }
    }
  }

  /** The build that a run is pinned to; empty if to none. */
  String build(String workflowId) {
    return server
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(name)
                .setExecution(execution(workflowId))
                .build())
        .getWorkflowExecutionInfo()
        .getVersioningInfo()
        .getDeploymentVersion()
        .getBuildId();
  }

  /** Waits until a run has ended; returns its last event. */
  HistoryEvent closed(String workflowId) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      History history =
          server
              .blockingStub()
              .getWorkflowExecutionHistory(
                  GetWorkflowExecutionHistoryRequest.newBuilder()
                      .setNamespace(name)
                      .setExecution(execution(workflowId))
                      .setWaitNewEvent(true)
                      .setHistoryEventFilterType(
                          HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT)
                      .build())
              .getHistory();
      if (history.getEventsCount() > 0) {
        return history.getEvents(0);
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            workflowId + " has not ended: " + client().fetchHistory(workflowId).toJson(true));
      }
    }
  }

  /** Its workflow tasks that failed: a run that goes on with them hangs. */
  List<HistoryEvent> taskFailures(String workflowId) {
    return client().fetchHistory(workflowId).getEvents().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
        .toList();
  }

  private static WorkflowExecution execution(String workflowId) {
    return WorkflowExecution.newBuilder().setWorkflowId(workflowId).build();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
