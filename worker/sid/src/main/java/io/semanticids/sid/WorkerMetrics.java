package io.semanticids.sid;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.semanticids.adapters.StageListener;
import io.semanticids.tensor.DeviceMemory;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/**
 * What a worker tells Prometheus: the Temporal SDK's metrics ({@code temporal_…}), the process's
 * own and ours ({@code semantic_ids_…}). All that happens is a counter; what happens in a second
 * follows from its rate. See worker/docs/operation.md.
 */
final class WorkerMetrics implements StageListener {
  private static final com.uber.m3.util.Duration REPORT_EVERY =
      com.uber.m3.util.Duration.ofSeconds(5);

  /** Seconds. From a call to the server to a queue that is full of hours of work. */
  private static final double[] BUCKETS = {
    0.001, 0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1_800, 7_200, 43_200
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final Consumer<String> log;

  /**
   * Nothing is counted yet.
   *
   * @param log takes what is worth a line besides
   */
  WorkerMetrics(Consumer<String> log) {
    this.log = log;
    // By default a latency has two hundred buckets.
    registry
        .config()
        .meterFilter(
            new MeterFilter() {
              @Override
              public DistributionStatisticConfig configure(
                  Meter.Id id, DistributionStatisticConfig config) {
                return DistributionStatisticConfig.builder()
                    .percentilesHistogram(false)
                    .serviceLevelObjectives(
                        DoubleStream.of(BUCKETS).map(seconds -> seconds * 1e9).toArray())
                    .build()
                    .merge(config);
              }
            });
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    Gauge.builder("process.resident.memory", ResidentMemory::bytes)
        .baseUnit("bytes")
        .description("Memory of this process, tensors and mapped files included.")
        .register(registry);
    for (DeviceMemory device : DeviceMemory.devices()) {
      Tags tags = Tags.of("device", device.name());
      Gauge.builder("semantic.ids.device.memory.used", device, DeviceMemory::used)
          .baseUnit("bytes")
          .tags(tags)
          .description("Device memory in use, by whatever process.")
          .register(registry);
      Gauge.builder("semantic.ids.device.memory.size", device, DeviceMemory::size)
          .baseUnit("bytes")
          .tags(tags)
          .description("Memory that the device has.")
          .register(registry);
    }
    // There from the start, so that a rate has a beginning.
    tokens(0);
    countHalved("embed", 0);
  }

  /** Where the Temporal SDK puts its metrics. */
  Scope sdk() {
    return new RootScopeBuilder()
        .reporter(new MicrometerClientStatsReporter(registry))
        .reportEvery(REPORT_EVERY);
  }

  /** All of them as Prometheus reads them. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void progress(String stage, long done, long total, String unit) {}

  @Override
  public void finished(String stage) {
    count("stages", "Stages whose manifest was committed here.", stage, 1);
  }

  @Override
  public void began(String stage, Duration waited, int attempt) {
    Timer.builder("semantic.ids.queue.wait")
        .description("How long attempts at tasks were in the task queue.")
        .tag("stage", stage)
        .register(registry)
        .record(waited);
    count("retries", "Attempts beyond the first that began here.", stage, attempt > 1 ? 1 : 0);
  }

  @Override
  public void worked(String stage, long rows) {
    count("items", "Items that a stage has worked on; an item counts in every pass.", stage, rows);
  }

  @Override
  public void committed(String stage, long bytes) {
    count("shards", "Units of work computed and committed here.", stage, 1);
    bytes("written", "Bytes of the units committed here.", stage, bytes);
  }

  @Override
  public void read(String stage, long bytes) {
    bytes("read", "Bytes of committed parts opened here, the cache's included.", stage, bytes);
  }

  @Override
  public void tokens(long count) {
    Counter.builder("semantic.ids.tokens")
        .description("Tokens that went through the embedding model.")
        .register(registry)
        .increment(count);
  }

  @Override
  public void halved(String stage, long times, int tokens) {
    countHalved(stage, times);
    log.accept(
        "%s: out of device memory, batches of at most %,d tokens from now on"
            .formatted(stage, tokens));
  }

  private void countHalved(String stage, long times) {
    count(
        "batches.halved", "Batches halved because device memory did not hold them.", stage, times);
  }

  private void count(String name, String description, String stage, double by) {
    Counter.builder("semantic.ids." + name)
        .description(description)
        .tag("stage", stage)
        .register(registry)
        .increment(by);
  }

  private void bytes(String name, String description, String stage, double by) {
    Counter.builder("semantic.ids." + name)
        .description(description)
        .baseUnit("bytes")
        .tag("stage", stage)
        .register(registry)
        .increment(by);
  }
}
