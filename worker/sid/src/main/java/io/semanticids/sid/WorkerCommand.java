package io.semanticids.sid;

import io.semanticids.adapters.SemanticIdsActivities;
import io.semanticids.adapters.WorkerSettings;
import io.semanticids.workflows.TaskQueues;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A worker against a Temporal server. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description = {
      "Works for a Temporal server until it is stopped. Start any number, on any number of machines.",
      "",
      "Reads and writes below its roots only; a request without an output goes below the first. All workers of one",
      "deployment need the same roots, so more than one machine needs s3:// or a shared file system.",
      "",
      "The server:  TEMPORAL_ADDRESS (127.0.0.1:7233), TEMPORAL_NAMESPACE (default), TEMPORAL_API_KEY, TEMPORAL_TLS_*,",
      "             TEMPORAL_PROFILE, TEMPORAL_CONFIG_FILE",
      "S3:          the AWS default chain: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_PROFILE, …;",
      "             AWS_ENDPOINT_URL_S3 for other servers (path-style addresses)",
      "",
      "SIGTERM drains: no new task, the one in hand stops at its next checkpoint and goes on elsewhere; exit code 143.",
      "A device that runs out of memory gets smaller batches. One that no longer computes (a CUDA error) ends the worker:",
      "its task goes back to the queue and the exit code is 70, for a supervisor that starts it anew. So does a task that",
      "hangs: one that shows no sign of work for as long as the worker's patience.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid worker --root s3://catalogue/semantic-ids/ --root s3://catalogue/items/",
      "  sid worker --role gpu --device cuda:0 --root s3://catalogue/ --listen 127.0.0.1:9464"
    })
final class WorkerCommand implements Callable<Integer> {
  /** Which task queues a worker polls. */
  enum Role {
    ALL,
    CPU,
    GPU;

    List<String> queues() {
      return switch (this) {
        case ALL -> List.of(TaskQueues.CPU, TaskQueues.GPU);
        case CPU -> List.of(TaskQueues.CPU);
        case GPU -> List.of(TaskQueues.GPU);
      };
    }
  }

  private static final String NO_MODEL = "none";

  @Spec private CommandSpec spec;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "all",
      description = {
        "all (default); cpu: workflows and every stage but embedding;",
        "gpu: embedding, and the numeric stages of requests that accelerate."
      })
  private Role role = Role.ALL;

  @Option(
      names = "--root",
      paramLabel = "URI",
      required = true,
      description = "s3://bucket/prefix/ or a folder that it may read and write; may be repeated.")
  private List<String> roots = List.of();

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder of the local cache and temporary files. Default: ${DEFAULT-VALUE}.")
  private Path cache = Caches.folder();

  @Option(
      names = "--cache-bytes",
      paramLabel = "BYTES",
      description = "Upper bound of the cache, such as 20g. Default: 20g.",
      converter = ByteSize.class)
  private long cacheBytes = Caches.BYTES;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:0",
      converter = ListenAddress.class,
      description =
          "Where /health (lives), /ready (takes work) and /metrics (Prometheus) answer. Default: 127.0.0.1, any free port.")
  private InetSocketAddress listen = new InetSocketAddress(0);

  @Option(
      names = "--grace",
      converter = Count.class,
      paramLabel = "SECONDS",
      defaultValue = "25",
      description =
          "How long SIGTERM waits for the task in hand to reach its checkpoint. Default: ${DEFAULT-VALUE}.")
  private int grace;

  @Option(
      names = "--patience",
      converter = TimeSpan.class,
      paramLabel = "TIME",
      defaultValue = "10m",
      description = {
        "How long a step of a task may show no sign of work (a model loads, an object is fetched), such as 90s or 1h.",
        "Default: ${DEFAULT-VALUE}."
      })
  private Duration patience = WorkerSettings.PATIENCE;

  @Option(
      names = "--model",
      paramLabel = "M",
      defaultValue = "minilm",
      description = {
        "The model that is loaded before the worker takes work, where its role embeds; none: when a task needs one.",
        "Default: ${DEFAULT-VALUE}. Requests choose theirs whatever is loaded."
      })
  private String model = "minilm";

  @Option(
      names = "--weights",
      paramLabel = "URI",
      description = "That model's checkpoint, below a root; minilm needs none.")
  private @Nullable String weights;

  @Option(
      names = "--build",
      paramLabel = "ID",
      description = {
        "Worker versioning: this worker's build of the deployment 'semantic-ids'. Runs stay with the build that they",
        "began on; new ones begin on the build that 'temporal worker deployment set-current-version' names.",
        "Default: none, and any worker takes any task."
      })
  private @Nullable String build;

  @Option(
      names = "--ui",
      paramLabel = "URL",
      description = {
        "Where Temporal's web UI answers, such as http://127.0.0.1:8233; for the link that is printed.",
        "Default: the environment's SID_UI_URL."
      })
  private @Nullable String ui = System.getenv("SID_UI_URL");

  @Mixin private DeviceOption device;

  @Override
  public Integer call() throws InterruptedException {
    WorkerMetrics metrics = new WorkerMetrics(WorkerProcess::say);
    WorkerSettings settings =
        new WorkerSettings(roots, cache, cacheBytes, threads.count(), metrics)
            .withDevice(device.device())
            .withPatience(patience);
    boolean embeds = role != Role.CPU && !model.equals(NO_MODEL);
    WorkerProcess process =
        WorkerProcess.start(
            SemanticIdsActivities.open(settings),
            metrics,
            role.queues(),
            build,
            embeds ? model : null,
            weights,
            listen,
            Duration.ofSeconds(grace));
    PrintWriter err = spec.commandLine().getErr();
    err.println(process.describe());
    if (role != Role.GPU) {
      err.print(new StartForm(ui, process.namespace(), roots.get(0)).text());
    }
    err.flush();
    return process.await();
  }
}
