package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.workflows.BuildResult;
import io.semanticids.workflows.TaskQueues;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker as those see it who run it: what it answers and measures, and how it ends. */
class WorkerIT {
  private static final int DRAINED = 143;
  private static final int DEVICE_POISONED = 70;
  private static final int ITEMS = 1_000;
  private static final long PATIENCE_MINUTES = 3;

  private Path root;
  private Namespace namespace;
  private Program program;

  @BeforeEach
  void start() {
    namespace = Namespace.create("worker");
    Path folder = Work.folder("worker");
    root = folder.resolve("root");
    program = namespace.in(Program.in(folder).brief());
    Program.in(folder)
        .brief()
        .run("sample", "--items", String.valueOf(ITEMS), "--output", "root/items.jsonl")
        .succeeded();
  }

  @AfterEach
  void stop() {
    namespace.close();
  }

  @Test
  void measuresItsWorkAndHandsItOverWhenItIsTold() throws Exception {
    try (LiveWorker first = worker("first")) {
      assertThat(first.get("/health").statusCode()).isEqualTo(200);
      assertThat(first.get("/ready").statusCode()).isEqualTo(200);
      WorkflowStub run = run();
      while (metric(first, "semantic_ids_items_total{stage=\"embed\"}") == 0) {
        Thread.sleep(50);
      }
      first.terminate();
      assertThat(first.exitCode()).isEqualTo(DRAINED);
      assertThat(first.log())
          .contains("draining: no new task", "sid worker: drained")
          .doesNotContain("\tat ");
      try (LiveWorker second = worker("second")) {
        run.getResult(PATIENCE_MINUTES, TimeUnit.MINUTES, BuildResult.class);
        String metrics = second.get("/metrics").body();
        assertThat(second.get("/metrics").headers().firstValue("Content-Type").orElse(""))
            .startsWith("text/plain; version=0.0.4");
        // The one task that was handed over.
        assertThat(metric(second, "semantic_ids_retries_total{stage=\"embed\"}")).isEqualTo(1);
        assertThat(metric(second, "semantic_ids_shards_total{stage=\"embed\"}")).isEqualTo(1);
        assertThat(metric(second, "semantic_ids_shards_total{stage=\"encode\"}")).isEqualTo(1);
        assertThat(metric(second, "semantic_ids_items_total{stage=\"encode\"}"))
            .isGreaterThanOrEqualTo(ITEMS);
        for (String name :
            new String[] {
              "semantic_ids_tokens_total",
              "semantic_ids_written_bytes_total{stage=\"embed\"}",
              "semantic_ids_read_bytes_total{stage=\"encode\"}",
              "semantic_ids_queue_wait_seconds_count{stage=\"embed\"}",
              "semantic_ids_stages_total{stage=\"publish\"}",
              "process_resident_memory_bytes"
            }) {
          assertThat(metric(second, name)).as(name).isPositive();
        }
        assertThat(metrics)
            .contains("temporal_activity_schedule_to_start_latency_seconds_bucket")
            .contains("temporal_worker_task_slots_used{");
      }
    }
  }

  @Test
  void brokenDeviceEndsItsProcessAndAnotherTakesOver() throws Exception {
    try (LiveWorker cpu =
            LiveWorker.start(program, "cpu", "--role", "cpu", "--root", root.toString());
        LiveWorker broken = LiveWorker.onBrokenDevice(program, root.toString())) {
      WorkflowStub run = run();
      assertThat(broken.exitCode()).isEqualTo(DEVICE_POISONED);
      assertThat(broken.log())
          .contains("the device no longer computes: CUDA error: device-side assert triggered\n")
          .contains("exit code 70")
          .doesNotContain("\tat ");
      // As a supervisor starts it anew.
      try (LiveWorker gpu =
          LiveWorker.start(program, "gpu", "--role", "gpu", "--root", root.toString())) {
        run.getResult(PATIENCE_MINUTES, TimeUnit.MINUTES, BuildResult.class);
        assertThat(metric(gpu, "semantic_ids_retries_total{stage=\"embed\"}")).isEqualTo(1);
        assertThat(metric(gpu, "semantic_ids_shards_total{stage=\"embed\"}")).isEqualTo(1);
      }
      assertThat(metric(cpu, "semantic_ids_retries_total{stage=\"encode\"}")).isZero();
    }
  }

  @Test
  void runStaysWithTheBuildThatItBeganOn() throws Exception {
    try (LiveWorker before = build("a", "cpu")) {
      namespace.setCurrentBuild("a");
      WorkflowStub run = run();
      while (!"a".equals(namespace.build("measured"))) {
        Thread.sleep(100);
      }
      // It waits for a worker that embeds while the next build is deployed.
      try (LiveWorker after = build("b", "cpu")) {
        namespace.setCurrentBuild("b");
        awaitNewRunsOn("b");
        try (LiveWorker gpu = build("a", "gpu")) {
          run.getResult(PATIENCE_MINUTES, TimeUnit.MINUTES, BuildResult.class);
          assertThat(metric(gpu, "semantic_ids_shards_total{stage=\"embed\"}")).isEqualTo(1);
        }
        assertThat(namespace.build("measured")).isEqualTo("a");
        assertThat(metric(before, "semantic_ids_shards_total{stage=\"encode\"}")).isEqualTo(1);
        assertThat(metric(after, "semantic_ids_shards_total{stage=\"encode\"}")).isZero();
      }
    }
  }

  /** The server tells its task queues of a new current build a moment after it has been set. */
  private void awaitNewRunsOn(String build) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    for (int i = 1; ; i++) {
      String id = "next-" + i;
      namespace.start("BuildSemanticIds", id, List.of());
      namespace.closed(id);
      if (build.equals(namespace.build(id))) {
        return;
      }
      assertThat(System.nanoTime()).as("new runs begin on build %s", build).isLessThan(deadline);
    }
  }

  private LiveWorker build(String build, String role) throws Exception {
    return LiveWorker.start(
        program, build + "-" + role, "--build", build, "--role", role, "--root", root.toString());
  }

  private LiveWorker worker(String name) throws Exception {
    return LiveWorker.start(program, name, "--root", root.toString());
  }

  private WorkflowStub run() {
    WorkflowStub run =
        namespace
            .client()
            .newUntypedWorkflowStub(
                "BuildSemanticIds",
                WorkflowOptions.newBuilder()
                    .setWorkflowId("measured")
                    .setTaskQueue(TaskQueues.CPU)
                    .build());
    run.start(
        Map.of(
            "dataset",
            root.resolve("items.jsonl").toString(),
            "size",
            8,
            "levels",
            1,
            "maxTokens",
            64));
    return run;
  }

  /** A metric's value; 0 while it is not there. */
  private static double metric(LiveWorker worker, String name) throws Exception {
    return worker
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }
}
