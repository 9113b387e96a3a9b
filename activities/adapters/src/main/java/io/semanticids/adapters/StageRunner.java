package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.embed.DeviceError;
import io.semanticids.store.ArtifactFolder;
import io.semanticids.store.PartMarker;
import io.semanticids.store.StoreException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plans, computes and finishes any stage; the markers in the store say what is done. */
final class StageRunner implements StageActivities {
  /** Tasks of a stage: each is a handful of events in its history. */
  private static final int MAX_TASKS = 256;

  /**
   * Small shards of numbers share a task: sending it takes about a tenth of a second, a pass over
   * so many rows on two cores some seconds.
   */
  private static final long TASK_ROWS = 1 << 16;

  /** Tasks that small shards make at least, for as many workers. */
  private static final int MIN_TASKS = 4;

  /** Stages whose progress is counted at a time. */
  private static final int COUNTED_STAGES = 64;

  private final Engines engines;
  private final StageExecutors executors;

  /** One heavy task at a time in a process: two would only take each other's threads. */
  private final ReentrantLock device = new ReentrantLock();

  /** Rows or texts that are done, by fingerprint, as far as this process knows: for people. */
  private final Map<String, AtomicLong> done =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AtomicLong> eldest) {
          return size() > COUNTED_STAGES;
        }
      };

  StageRunner(Engines engines, StageExecutors executors) {
    this.engines = engines;
    this.executors = executors;
  }

  @Override
  public StagePlan plan(StageInput input) {
    return guarded(
        () -> alive(input.stage(), progress -> plan(input, executors.of(input.stage()), progress)));
  }

  private StagePlan plan(StageInput input, StageExecutor<Stage> executor, TaskProgress progress) {
    try (StageScope scope = open(input, executor)) {
      Optional<JsonNode> manifest = scope.output().manifest();
      if (manifest.isPresent() && !executor.intact(scope, input.stage())) {
        scope.output().drop();
      } else if (manifest.isPresent()) {
        int done = manifest.get().path("units").asInt();
        // Deleted in order: the last one is there where a killed process had not come to it.
        if (executor.scratch() && done > 0 && scope.committed(done - 1)) {
          scope.deleteParts(done);
        }
        return new StagePlan(
            scope.fingerprint(), done, List.of(), result(scope, manifest.get().path("facts"), 0));
      }
      int units = executor.units(scope, input.stage());
      List<Integer> pending = pending(scope, units, progress);
      if (!pending.isEmpty()) {
        exclusively(progress, () -> executor.check(scope, input.stage(), progress));
      }
      long rows = executor.rows(scope, input.stage());
      // As if all units were of one size.
      done(scope.fingerprint())
          .set((long) (rows * ((double) (units - pending.size()) / Math.max(1, units))));
      return new StagePlan(
          scope.fingerprint(),
          units,
          ranges(pending, units, together(rows, units, input.stage())),
          null);
    }
  }

  @Override
  public TaskResult compute(StageTask task) {
    return guarded(
        () -> alive(task.stage(), progress -> compute(task, executors.of(task.stage()), progress)));
  }

  private TaskResult compute(StageTask task, StageExecutor<Stage> executor, TaskProgress progress) {
    StageInput input = new StageInput(task.context(), task.stage());
    try (StageScope scope = open(input, executor)) {
      scope.tell(progress::note);
      requireSameClass(scope.fingerprint(), task.fingerprint());
      int retries = Activity.getExecutionContext().getInfo().getAttempt() - 1;
      Optional<StageResult> meanwhile = committed(scope, executor);
      if (meanwhile.isPresent()) {
        // By another run, or by the attempt before this one; its units may be gone already.
        return new TaskResult(0, task.units().count(), 0, retries, meanwhile.get());
      }
      long all = executor.rows(scope, task.stage());
      progress.expect(done(task.fingerprint()), all);
      int[] computed = {0};
      long[] begun = {0};
      exclusively(
          progress,
          () -> {
            begun[0] = System.nanoTime();
            for (int i = 0; i < task.units().count(); i++) {
              int unit = task.units().first() + i;
              progress.advanced(0);
              if (!scope.committed(unit)) {
                executor.compute(scope, task.stage(), unit, progress);
                computed[0]++;
                engines
                    .listener()
                    .committed(task.stage().name(), scope.marker(scope.artifact(), unit).bytes());
              }
            }
          });
      double seconds = seconds(begun[0]);
      return new TaskResult(
          computed[0],
          task.units().count() - computed[0],
          seconds,
          retries,
          task.finish() && complete(scope, executor.units(scope, task.stage()), task.units())
              ? finish(scope, input, executor, progress)
              : null);
    }
  }

  /**
   * Whether all units are committed. Two tasks that end in the same moment may both find so, and
   * both finish the stage: to the same bytes.
   */
  private static boolean complete(StageScope scope, int units, UnitRange mine) {
    if (mine.count() == units) {
      return true;
    }
    // Tasks begin in the order of their units, so this question mostly spares the listing.
    int next = (mine.first() + mine.count()) % units;
    if (scope.output().marker(next).isEmpty()) {
      return false;
    }
    Set<String> seen = names(scope);
    return IntStream.range(0, units).mapToObj(PartMarker::name).allMatch(seen::contains);
  }

  /** The names of the objects in the stage's folder, as a listing shows them. */
  private static Set<String> names(StageScope scope) {
    return scope.stores().list(scope.output().location()).stream()
        .map(object -> object.at().name())
        .collect(Collectors.toSet());
  }

  private AtomicLong done(String fingerprint) {
    synchronized (done) {
      return done.computeIfAbsent(fingerprint, unknown -> new AtomicLong());
    }
  }

  @Override
  public StageResult finish(StageInput input) {
    return guarded(
        () ->
            alive(input.stage(), progress -> finish(input, executors.of(input.stage()), progress)));
  }

  private StageResult finish(
      StageInput input, StageExecutor<Stage> executor, TaskProgress progress) {
    try (StageScope scope = open(input, executor)) {
      return committed(scope, executor).orElseGet(() -> finish(scope, input, executor, progress));
    }
  }

  private StageResult finish(
      StageScope scope, StageInput input, StageExecutor<Stage> executor, TaskProgress progress) {
    JsonNode[] facts = new JsonNode[1];
    long[] begun = {0};
    try {
      exclusively(
          progress,
          () -> {
            begun[0] = System.nanoTime();
            facts[0] = executor.finish(scope, input.stage(), progress);
          });
    } catch (StoreException | IllegalStateException e) {
      // Another attempt may have finished meanwhile and deleted the scratch that was being read.
      return committed(scope, executor).orElseThrow(() -> e);
    }
    ObjectNode manifest = Json.object();
    manifest.put("stage", input.stage().name());
    manifest.put("version", executor.version());
    manifest.put("deviceClass", executor.deviceClass(engines, input.stage()));
    manifest.set("settings", Json.tree(input.stage()));
    int units = executor.units(scope, input.stage());
    manifest.put("units", units);
    manifest.set("facts", facts[0]);
    JsonNode winner = scope.output().commitManifest(manifest);
    deleteScratch(scope, executor, units);
    engines.listener().finished(input.stage().name());
    return result(scope, winner.path("facts"), seconds(begun[0]));
  }

  /** What the manifest says. An attempt that died after it has left its scratch. */
  private static Optional<StageResult> committed(StageScope scope, StageExecutor<Stage> executor) {
    Optional<JsonNode> manifest = scope.output().manifest();
    manifest.ifPresent(found -> deleteScratch(scope, executor, found.path("units").asInt()));
    return manifest.map(found -> result(scope, found.path("facts"), 0));
  }

  private static void deleteScratch(StageScope scope, StageExecutor<Stage> executor, int units) {
    if (executor.scratch()) {
      scope.deleteParts(units);
    }
  }

  /** Runs an activity's body; notices when the device is lost. */
  private <T> T guarded(Callable<T> body) {
    return Failures.translated(
        () -> {
          try {
            return body.call();
          } catch (RuntimeException e) {
            if (DeviceError.of(e).orElse(null) == DeviceError.POISONED) {
              engines.deviceLost(String.valueOf(e.getMessage()));
            }
            throw e;
          }
        });
  }

  private <T> T alive(Stage stage, Heartbeats.Work<T> work) throws Exception {
    String unit = stage instanceof Stage.Embed ? "texts" : "rows";
    return engines.heartbeats().during(stage.name(), unit, work);
  }

  private StageScope open(StageInput input, StageExecutor<Stage> executor) {
    String deviceClass = executor.deviceClass(engines, input.stage());
    String fingerprint = Fingerprints.of(input.stage(), executor.version(), deviceClass);
    return new StageScope(
        engines, input.context(), new Artifact(input.stage().name(), fingerprint));
  }

  private static StageResult result(StageScope scope, JsonNode facts, double seconds) {
    return new StageResult(scope.artifact(), facts, seconds);
  }

  /** Units without a marker. A listing spares most of the questions: it is no more than a hint. */
  private static List<Integer> pending(StageScope scope, int units, Progress progress) {
    ArtifactFolder folder = scope.output();
    Set<String> seen = names(scope);
    List<Integer> pending = new ArrayList<>();
    for (int unit = 0; unit < units; unit++) {
      if (!seen.contains(PartMarker.name(unit)) || folder.marker(unit).isEmpty()) {
        pending.add(unit);
      }
      progress.advanced(0);
    }
    return pending;
  }

  /**
   * How many units make a task. A unit of texts is minutes of work; of vectors, often less than a
   * second.
   */
  static int together(long rows, int units, Stage stage) {
    int many = (units + MAX_TASKS - 1) / MAX_TASKS;
    if (stage instanceof Stage.Embed || rows == 0) {
      return Math.max(1, many);
    }
    // Rounded up: tasks of equal length, and not one more for what is left over.
    long small = Math.min(TASK_ROWS * units / rows, (units + MIN_TASKS - 1) / MIN_TASKS);
    return (int) Math.max(1, Math.max(many, small));
  }

  /** Contiguous ranges of pending units, {@code longest} at most. */
  static List<UnitRange> ranges(List<Integer> pending, int units, int longest) {
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
      String lost = engines.deviceLost();
      if (lost != null) {
        throw Failures.device(DeviceError.POISONED, lost, null);
      }
      work.run();
    } finally {
      device.unlock();
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
