package io.semanticids.sid;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.semanticids.adapters.SemanticIdsActivities;
import io.semanticids.adapters.WorkerSettings;
import io.semanticids.plugin.SemanticIdsPlugin;
import io.semanticids.workflows.TaskQueues;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A worker with its connection, its health server and its way of ending. */
final class WorkerProcess {
  /** How long a task that ignores the drain may hold the process after its grace is over. */
  private static final long LAST_SECONDS = 3;

  private final TemporalServer server;
  private final SemanticIdsPlugin plugin;
  private final WorkerFactory factory;
  private final HealthServer health;
  private final List<String> queues;
  private final java.time.Duration grace;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean draining;

  private WorkerProcess(
      TemporalServer server,
      SemanticIdsPlugin plugin,
      WorkerFactory factory,
      PrometheusMeterRegistry metrics,
      InetSocketAddress listen,
      List<String> queues,
      java.time.Duration grace) {
    this.server = server;
    this.plugin = plugin;
    this.factory = factory;
    this.queues = queues;
    this.grace = grace;
    this.health = HealthServer.start(listen, this::ready, metrics::scrape);
  }

  static WorkerProcess start(
      WorkerSettings settings,
      List<String> queues,
      InetSocketAddress listen,
      java.time.Duration grace) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Scope scope =
        new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(metrics))
            .reportEvery(Duration.ofSeconds(5));
    SemanticIdsActivities activities = SemanticIdsActivities.open(settings);
    // A store that cannot commit once and for all is found before any task is taken.
    activities.probe();
    SemanticIdsPlugin plugin = SemanticIdsPlugin.of(activities);
    TemporalServer server = TemporalServer.connect(scope);
    WorkerFactory factory =
        WorkerFactory.newInstance(
            server.client(), WorkerFactoryOptions.newBuilder().setPlugins(plugin).build());
    for (String queue : queues) {
      Worker worker = factory.newWorker(queue, SemanticIdsPlugin.workerOptions());
      if (queue.equals(TaskQueues.CPU)) {
        worker.registerWorkflowImplementationTypes(UnknownWorkflow.class);
      }
    }
    WorkerProcess process =
        new WorkerProcess(server, plugin, factory, metrics, listen, queues, grace);
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
    return !draining && factory.isStarted() && !factory.isShutdown();
  }

  /** Waits until the process is told to end. */
  int await() throws InterruptedException {
    ended.await();
    return ExitCode.DRAINED;
  }

  /**
   * Runs when the process is asked to end: no new task; the one in hand has until its next
   * checkpoint.
   */
  private void drain() {
    draining = true;
    say("draining: no new task, the one in hand stops at its next checkpoint");
    plugin.drain();
    factory.shutdown();
    factory.awaitTermination(grace.toSeconds(), TimeUnit.SECONDS);
    if (!factory.isTerminated()) {
      say(
          "the task in hand reached no checkpoint in "
              + grace.toSeconds()
              + " s; another worker takes it over");
      factory.shutdownNow();
      factory.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS);
    }
    health.close();
    server.close();
    say("drained");
    ended.countDown();
  }

  private static void say(String line) {
    System.err.println("sid worker: " + line);
    System.err.flush();
  }
}
