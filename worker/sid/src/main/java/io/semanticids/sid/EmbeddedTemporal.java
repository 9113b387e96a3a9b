package io.semanticids.sid;

import io.semanticids.plugin.SemanticIdsPlugin;
import io.semanticids.workflows.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;

/**
 * A Temporal server and all worker roles inside this process: the same workflow on the same code
 * paths as on a real server. It keeps nothing on disk: the markers beside the data say what is
 * done.
 */
final class EmbeddedTemporal implements AutoCloseable {
  private final TestWorkflowEnvironment environment;

  private EmbeddedTemporal(TestWorkflowEnvironment environment) {
    this.environment = environment;
  }

  static EmbeddedTemporal start(SemanticIdsPlugin plugin) {
    plugin.onHang(EmbeddedTemporal::giveUp);
    TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                // The clock of the test server runs ahead where it is allowed to: timeouts would
                // fire early.
                .setUseTimeskipping(false)
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder().setPlugins(plugin).build())
                .build());
    environment.newWorker(TaskQueues.CPU, SemanticIdsPlugin.workerOptions());
    environment.newWorker(TaskQueues.GPU, SemanticIdsPlugin.workerOptions());
    environment.start();
    return new EmbeddedTemporal(environment);
  }

  /** There is no other worker, and nothing stops a thread that hangs. */
  private static void giveUp(String said) {
    System.err.printf("%nsid: %s: it hangs. Run the same command again: it resumes.%n", said);
    System.err.flush();
    Main.exit(ExitCode.REPLACE);
  }

  WorkflowClient client() {
    return environment.getWorkflowClient();
  }

  @Override
  public void close() {
    environment.close();
  }
}
