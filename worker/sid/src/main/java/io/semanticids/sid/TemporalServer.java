package io.semanticids.sid;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a real Temporal server, configured as every Temporal program is: {@code
 * TEMPORAL_ADDRESS}, {@code TEMPORAL_NAMESPACE}, {@code TEMPORAL_API_KEY}, TLS and profiles.
 */
final class TemporalServer implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final String address;

  private TemporalServer(WorkflowServiceStubs stubs, WorkflowClient client, String address) {
    this.stubs = stubs;
    this.client = client;
    this.address = address;
  }

  static TemporalServer connect() {
    return connect(new NoopScope());
  }

  /**
   * Connects, with metrics.
   *
   * @param metrics where the SDK's own metrics go
   */
  static TemporalServer connect(Scope metrics) {
    ClientConfigProfile profile = profile();
    WorkflowServiceStubsOptions options =
        WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions())
            .setMetricsScope(metrics)
            .build();
    WorkflowClientOptions clientOptions = profile.toWorkflowClientOptions();
    String address = options.getTarget();
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options);
    try {
      stubs.connect(CONNECT_TIMEOUT);
    } catch (StatusRuntimeException | IllegalStateException e) {
      stubs.shutdownNow();
      throw new SidException(
          ExitCode.FAILED,
          "no Temporal server answers at %s (%s).%nStart one, or set TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and"
                  .formatted(address, reason(e))
              + " what else TEMPORAL_* of your server needs.",
          e);
    }
    return new TemporalServer(stubs, WorkflowClient.newInstance(stubs, clientOptions), address);
  }

  private static ClientConfigProfile profile() {
    try {
      return ClientConfigProfile.load();
    } catch (IOException | RuntimeException e) {
      throw new SidException(
          ExitCode.INVALID,
          "the Temporal settings cannot be read: %s%nCheck TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE and the other TEMPORAL_* variables."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static String reason(RuntimeException thrown) {
    if (thrown instanceof StatusRuntimeException status) {
      return status.getStatus().getCode().toString();
    }
    return String.valueOf(thrown.getMessage());
  }

  WorkflowClient client() {
    return client;
  }

  String address() {
    return address;
  }

  String namespace() {
    return client.getOptions().getNamespace();
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    stubs.awaitTermination(2, TimeUnit.SECONDS);
  }
}
