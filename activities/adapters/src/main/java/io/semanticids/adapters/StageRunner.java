package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.store.ArtifactFolder;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StageActivities;
import io.semanticids.workflows.activity.StageInput;
import io.semanticids.workflows.activity.StagePlan;
import io.semanticids.workflows.activity.StageResult;
import io.semanticids.workflows.activity.StageTask;
import io.semanticids.workflows.activity.TaskResult;
import io.semanticids.workflows.activity.UnitRange;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Plans, computes and finishes any stage; the markers in the store say what is done. */
final class StageRunner implements StageActivities {
  /** Tasks of a stage: each is a handful of events in its history. */
  private static final int MAX_TASKS = 256;

  private final Engines engines;
  private final StageExecutors executors;

  /** One heavy task at a time in a process: two would only take each other's threads. */
  private final ReentrantLock device = new ReentrantLock();

  StageRunner(Engines engines, StageExecutors executors) {
    this.engines = engines;
    this.executors = executors;
  }

  @Override
  public StagePlan plan(StageInput input) {
    return Failures.translated(
        () -> {
          StageExecutor<Stage> executor = executors.of(input.stage());
          try (StageScope scope = open(input, executor)) {
            Optional<JsonNode> manifest = scope.output().manifest();
            if (manifest.isPresent()) {
              return new StagePlan(
                  scope.fingerprint(),
                  manifest.get().path("units").asInt(),
                  List.of(),
                  result(scope, manifest.get().path("facts"), 0));
            }
            int units = executor.units(scope, input.stage());
            List<Integer> pending = pending(scope, units);
            if (!pending.isEmpty()) {
              Progress progress = progress(scope, executor, input.stage(), 0);
              exclusively(progress, () -> executor.check(scope, input.stage(), progress));
            }
            return new StagePlan(scope.fingerprint(), units, ranges(pending, units), null);
          }
        });
  }

  @Override
  public TaskResult compute(StageTask task) {
    return Failures.translated(
        () -> {
          StageExecutor<Stage> executor = executors.of(task.stage());
          StageInput input = new StageInput(task.context(), task.stage());
          try (StageScope scope = open(input, executor)) {
            requireSameClass(scope.fingerprint(), task.fingerprint());
            int[] computed = {0};
            long begun = System.nanoTime();
            Progress progress =
                progress(scope, executor, task.stage(), rowsBefore(scope, executor, task));
            exclusively(
                progress,
                () -> {
                  for (int i = 0; i < task.units().count(); i++) {
                    int unit = task.units().first() + i;
                    progress.advanced(0);
                    if (scope.output().marker(unit).isEmpty()) {
                      executor.compute(scope, task.stage(), unit, progress);
                      computed[0]++;
                    }
                  }
                });
            int attempt = Activity.getExecutionContext().getInfo().getAttempt();
            return new TaskResult(
                computed[0], task.units().count() - computed[0], seconds(begun), attempt - 1);
          }
        });
  }

  @Override
  public StageResult finish(StageInput input) {
    return Failures.translated(
        () -> {
          StageExecutor<Stage> executor = executors.of(input.stage());
          try (StageScope scope = open(input, executor)) {
            Optional<JsonNode> committed = scope.output().manifest();
            if (committed.isPresent()) {
              return result(scope, committed.get().path("facts"), 0);
            }
            long begun = System.nanoTime();
            JsonNode[] facts = new JsonNode[1];
            Progress progress = progress(scope, executor, input.stage(), 0);
            exclusively(progress, () -> facts[0] = executor.finish(scope, input.stage(), progress));
            ObjectNode manifest = Json.object();
            manifest.put("stage", input.stage().name());
            manifest.put("version", executor.version());
            manifest.put("deviceClass", executor.numeric() ? engines.deviceClass() : "");
            manifest.set("settings", Json.tree(input.stage()));
            int units = executor.units(scope, input.stage());
            manifest.put("units", units);
            manifest.set("facts", facts[0]);
            JsonNode winner = scope.output().commitManifest(manifest);
            if (executor.scratch()) {
              scope.output().deleteParts(units);
            }
            engines.listener().finished(input.stage().name());
            return result(scope, winner.path("facts"), seconds(begun));
          }
        });
  }

  private StageScope open(StageInput input, StageExecutor<Stage> executor) {
    String deviceClass = executor.numeric() ? engines.deviceClass() : "";
    String fingerprint = Fingerprints.of(input.stage(), executor.version(), deviceClass);
    return new StageScope(
        engines, input.context(), new Artifact(input.stage().name(), fingerprint));
  }

  private static StageResult result(StageScope scope, JsonNode facts, double seconds) {
    return new StageResult(scope.artifact(), facts, seconds);
  }

  private static List<Integer> pending(StageScope scope, int units) {
    ArtifactFolder folder = scope.output();
    List<Integer> pending = new ArrayList<>();
    for (int unit = 0; unit < units; unit++) {
      if (folder.marker(unit).isEmpty()) {
        pending.add(unit);
      }
    }
    return pending;
  }

  /** Contiguous ranges of pending units, at most {@link #MAX_TASKS}. */
  static List<UnitRange> ranges(List<Integer> pending, int units) {
    int longest = Math.max(1, (units + MAX_TASKS - 1) / MAX_TASKS);
    List<UnitRange> ranges = new ArrayList<>();
    int at = 0;
    while (at < pending.size()) {
      int first = pending.get(at);
      int last = Math.min(units, (first / longest + 1) * longest);
      int end = at;
      while (end < pending.size() && pending.get(end) < last) {
        end++;
      }
      ranges.add(new UnitRange(first, pending.get(end - 1) - first + 1));
      at = end;
    }
    return ranges;
  }

  private Progress progress(
      StageScope scope, StageExecutor<Stage> executor, Stage stage, long before) {
    return new TaskProgress(
        Activity.getExecutionContext(),
        engines::draining,
        engines.listener(),
        stage.name(),
        before,
        executor.rows(scope, stage),
        stage instanceof Stage.Embed ? "texts" : "rows");
  }

  /** Rows of the units before this task's, as if all units were of one size. */
  private static long rowsBefore(StageScope scope, StageExecutor<Stage> executor, StageTask task) {
    int units = Math.max(1, executor.units(scope, task.stage()));
    return executor.rows(scope, task.stage()) * task.units().first() / units;
  }

  private void requireSameClass(String mine, String planned) {
    if (!mine.equals(planned)) {
      throw ApplicationFailure.newFailure(
          ("This worker (device class %s, version of the stage included) would not compute the same bytes as the one "
                  + "that planned the stage. Run all workers of a queue on one class of machine and one version.")
              .formatted(engines.deviceClass()),
          FailureTypes.OTHER_DEVICE);
    }
  }

  /** Waits for the device, beating meanwhile: a task in the queue for it is alive. */
  private void exclusively(Progress progress, Runnable work) {
    try {
      while (!device.tryLock(1, TimeUnit.SECONDS)) {
        progress.advanced(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the device.", e);
    }
    try {
      work.run();
    } finally {
      device.unlock();
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
