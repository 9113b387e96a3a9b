package io.semanticids.sid;

import io.semanticids.adapters.SemanticIdsActivities;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.plugin.SemanticIdsPlugin;
import io.semanticids.workflows.TaskQueues;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A worker with its connection, its health server and its way of ending. */
final class WorkerProcess {
  /** How long a task that ignores the drain may hold the process after its grace is over. */
  private static final long LAST_SECONDS = 3;

  private final TemporalServer server;
  private final SemanticIdsPlugin plugin;
  private final WorkerFactory factory;
  private final HealthServer health;
  private final List<String> queues;
  private final Duration grace;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile int exitCode = ExitCode.DRAINED;

  private WorkerProcess(
      TemporalServer server,
      SemanticIdsPlugin plugin,
      WorkerFactory factory,
      WorkerMetrics metrics,
      InetSocketAddress listen,
      List<String> queues,
      Duration grace) {
    this.server = server;
    this.plugin = plugin;
    this.factory = factory;
    this.queues = queues;
    this.grace = grace;
    this.health = HealthServer.start(listen, this::ready, metrics::scrape);
  }

  /**
   * Starts a worker: it polls when this returns.
   *
   * @param build of these workers; null: without versioning
   * @param model loaded before it polls; null: none
   * @param weights the model's checkpoint, below a root
   */
  static WorkerProcess start(
      SemanticIdsActivities activities,
      WorkerMetrics metrics,
      List<String> queues,
      @Nullable String build,
      @Nullable String model,
      @Nullable String weights,
      InetSocketAddress listen,
      Duration grace) {
    // A store that cannot commit once and for all is found before any task is taken.
    activities.probe();
    SemanticIdsPlugin plugin = SemanticIdsPlugin.of(activities);
    TemporalServer server = TemporalServer.connect(metrics.sdk());
    WorkerFactory factory =
        WorkerFactory.newInstance(
            server.client(), WorkerFactoryOptions.newBuilder().setPlugins(plugin).build());
    for (String queue : queues) {
      Worker worker =
          factory.newWorker(queue, WorkerVersion.of(build, SemanticIdsPlugin.workerOptions()));
      if (queue.equals(TaskQueues.CPU)) {
        worker.registerWorkflowImplementationTypes(UnknownWorkflow.class);
      }
    }
    WorkerProcess process =
        new WorkerProcess(server, plugin, factory, metrics, listen, queues, grace);
    if (model != null) {
      activities.load(model, weights);
    }
    activities.onDeviceLost(process::deviceLost);
    activities.onHang(process::hangs);
    factory.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::drain, "drain"));
    return process;
  }

  /** One line for the log. */
  String describe() {
    return "sid worker: polling %s on %s, namespace %s; health http:/%s/health, metrics /metrics"
        .formatted(
            String.join(", ", queues), server.address(), server.namespace(), health.address());
  }

  String namespace() {
    return server.namespace();
  }

  boolean ready() {
    return !ending.get() && factory.isStarted() && !factory.isShutdown();
  }

  /** Waits until the process is told to end. */
  int await() throws InterruptedException {
    ended.await();
    return exitCode;
  }

  /** Runs when the process is asked to end. */
  private void drain() {
    if (ending.compareAndSet(false, true)) {
      say("draining: no new task, the one in hand stops at its next checkpoint");
      end(grace);
      TextEmbedders.endProcess();
      say("drained");
      ended.countDown();
    }
  }

  /** Runs on the thread of the task that found out: what it was doing goes back to the queue. */
  private void deviceLost(String said) {
    replace(
        "the device no longer computes: %s%nsid worker: its task goes back to the queue"
            .formatted(said.lines().findFirst().orElse(said)),
        grace);
  }

  /** Its thread cannot be stopped, and would keep the device. */
  private void hangs(String said) {
    replace(
        "%s: it hangs%nsid worker: another worker takes it over".formatted(said),
        Duration.ofSeconds(LAST_SECONDS));
  }

  private void replace(String why, Duration within) {
    if (ending.compareAndSet(false, true)) {
      exitCode = ExitCode.REPLACE;
      say("%s; exit code %d, start the worker anew".formatted(why, exitCode));
      Thread replacing =
          new Thread(
              () -> {
                end(within);
                ended.countDown();
              },
              "replace");
      replacing.start();
    }
  }

  /** No new task; the one in hand has until its next checkpoint. */
  private void end(Duration within) {
    plugin.drain();
    factory.shutdown();
    factory.awaitTermination(within.toSeconds(), TimeUnit.SECONDS);
    if (!factory.isTerminated()) {
      say(
          "the task in hand reached no checkpoint in "
              + within.toSeconds()
              + " s; another worker takes it over");
      factory.shutdownNow();
      factory.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS);
    }
    health.close();
    server.close();
  }

  /** One line for the log. */
  static void say(String line) {
    System.err.println("sid worker: " + line);
    System.err.flush();
  }
}
