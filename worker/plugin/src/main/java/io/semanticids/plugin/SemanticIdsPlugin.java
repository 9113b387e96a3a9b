package io.semanticids.plugin;

import io.semanticids.adapters.SemanticIdsActivities;
import io.semanticids.adapters.StageListener;
import io.semanticids.adapters.WorkerSettings;
import io.semanticids.workflows.SemanticIdsWorkflows;
import io.semanticids.workflows.TaskQueues;
import io.temporal.common.SimplePlugin;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Registers the workflows {@code BuildSemanticIds} and {@code SweepSemanticIds} and their
 * activities on workers of our two task queues. Workers of other queues, other workflow types on
 * the same worker, the process and its signals stay as they are.
 *
 * <pre>{@code
 * try (SemanticIdsPlugin semanticIds = SemanticIdsPlugin.open("s3://catalogue/")) {
 *   WorkerFactory factory = WorkerFactory.newInstance(
 *       client, WorkerFactoryOptions.newBuilder().setPlugins(semanticIds).build());
 *   factory.newWorker("my-queue").registerWorkflowImplementationTypes(MyWorkflow.class);
 *   factory.newWorker(TaskQueues.CPU, SemanticIdsPlugin.workerOptions());
 *   factory.newWorker(TaskQueues.GPU, SemanticIdsPlugin.workerOptions());
 *   factory.start();
 *   factory.awaitTermination(365, TimeUnit.DAYS);
 * }
 * }</pre>
 *
 * <p>A workflow of one's own starts ours as a child: {@code BuildSemanticIds} or {@code
 * SweepSemanticIds} on {@link TaskQueues#CPU}.
 */
public final class SemanticIdsPlugin extends SimplePlugin implements AutoCloseable {
  /** What copies of remote objects may take of the temporary folder. */
  private static final long CACHE_BYTES = 10L << 30;

  private final SemanticIdsActivities activities;

  private SemanticIdsPlugin(SemanticIdsActivities activities) {
    super("io.semanticids");
    this.activities = activities;
  }

  /**
   * A plugin whose activities may touch these roots only.
   *
   * @param roots {@code s3://bucket/prefix} or {@code file:///folder}; output of a request that
   *     names none goes to the first
   */
  public static SemanticIdsPlugin open(String... roots) {
    return of(
        SemanticIdsActivities.open(
            new WorkerSettings(
                List.of(roots),
                Path.of(System.getProperty("java.io.tmpdir"), "semantic-ids"),
                CACHE_BYTES,
                Runtime.getRuntime().availableProcessors(),
                StageListener.NONE)));
  }

  /**
   * A plugin with activities that were opened with settings of one's own; closing it closes them.
   */
  public static SemanticIdsPlugin of(SemanticIdsActivities activities) {
    return new SemanticIdsPlugin(activities);
  }

  @Override
  public void initializeWorker(String taskQueue, Worker worker) {
    super.initializeWorker(taskQueue, worker);
    if (taskQueue.equals(TaskQueues.CPU)) {
      SemanticIdsWorkflows.registerOn(worker);
    }
    if (taskQueue.equals(TaskQueues.CPU) || taskQueue.equals(TaskQueues.GPU)) {
      worker.registerActivitiesImplementations(activities.implementations());
    }
  }

  /** Options for workers of our queues. */
  public static WorkerOptions workerOptions() {
    return WorkerOptions.newBuilder()
        // One computation at a time: it uses every thread and most of the memory by itself.
        .setMaxConcurrentActivityExecutionSize(1)
        // A draining worker's computation beats until it has reached its checkpoint; by default the
        // first beat after shutdown throws, and the dying worker polls the retry itself.
        .setAllowActivityHeartbeatDuringShutdown(true)
        // A cancelled run hears of it with a beat: seconds, not the half minute of the default.
        .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(5))
        .build();
  }

  /** Asks running computations to stop at their next checkpoint and hand their tasks back. */
  public void drain() {
    activities.drain();
  }

  /**
   * Who is told, once, that this process's device no longer computes (a CUDA error): tasks of ours
   * go back to their queue from then on, and the process should be replaced. Called on a task's
   * thread: must be quick.
   */
  public void onDeviceLost(Consumer<String> listener) {
    activities.onDeviceLost(listener);
  }

  /**
   * Who is told, once, that a task of ours hangs: the server gives it to another worker, but here
   * it keeps its thread and the device until the process is replaced. Called on a thread of ours:
   * must be quick.
   */
  public void onHang(Consumer<String> listener) {
    activities.onHang(listener);
  }

  /**
   * Frees what the activities hold: models, caches, connections. Call it after the workers have
   * ended.
   */
  @Override
  public void close() {
    activities.close();
  }
}
