package io.semanticids.workflows;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.RequestActivities;
import io.semanticids.workflows.activity.RunContext;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StageActivities;
import io.semanticids.workflows.activity.StageInput;
import io.semanticids.workflows.activity.StagePlan;
import io.semanticids.workflows.activity.StageResult;
import io.semanticids.workflows.activity.StageTask;
import io.semanticids.workflows.activity.StageTimings;
import io.semanticids.workflows.activity.TaskResult;
import io.semanticids.workflows.activity.UnitRange;
import io.semanticids.workflows.request.InvalidRequestException;
import io.semanticids.workflows.request.RequestReader;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline without data: it keeps in memory which units are committed and which stages finished,
 * as the store does, and computes nothing. Outlives the server that it serves, as the store does.
 */
final class FakeActivities implements StageActivities, RequestActivities {
  /** Units of a task, at most; as the adapters cut them. */
  private static final int MOST_TASKS = 256;

  /** What was called, in order: {@code plan fit 1}, {@code compute fit 1 [0, 1)}. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** Stages in the order in which they were planned. */
  final List<Stage> planned = new CopyOnWriteArrayList<>();

  /** The queue of each call, {@code semantic-ids prepare}. */
  final List<String> queues = new CopyOnWriteArrayList<>();

  private final Set<String> committed = ConcurrentHashMap.newKeySet();
  private final Map<String, StageResult> manifests = new ConcurrentHashMap<>();
  private final OpenedRequest opened;
  private volatile ToIntFunction<Stage> units = stage -> 1;
  private volatile Consumer<StageTask> computing = task -> {};
  private volatile Runnable opening = () -> {};
  private volatile Consumer<StageInput> planning = input -> {};
  private volatile Consumer<Stage> finishing = stage -> {};
  private volatile int exactAttempt = 1;
  private volatile boolean finishesItself = true;
  private volatile @Nullable Map<String, StageTimings> timings;

  FakeActivities(OpenedRequest opened) {
    this.opened = opened;
  }

  FakeActivities units(ToIntFunction<Stage> unitsOf) {
    units = unitsOf;
    return this;
  }

  /** Runs before a task's units are committed; may throw or block. */
  FakeActivities computing(Consumer<StageTask> hook) {
    computing = hook;
    return this;
  }

  FakeActivities opening(Runnable hook) {
    opening = hook;
    return this;
  }

  FakeActivities planning(Consumer<StageInput> hook) {
    planning = hook;
    return this;
  }

  FakeActivities finishing(Consumer<Stage> hook) {
    finishing = hook;
    return this;
  }

  /** Whether the task after which no unit is left finishes its stage. */
  FakeActivities finishesItself(boolean so) {
    finishesItself = so;
    return this;
  }

  /** Repairs before this attempt leave loads uneven. */
  FakeActivities exactAt(int attempt) {
    exactAttempt = attempt;
    return this;
  }

  /** Another request on the same store. */
  FakeActivities withRequest(OpenedRequest other) {
    FakeActivities activities = new FakeActivities(other);
    activities.committed.addAll(committed);
    activities.manifests.putAll(manifests);
    activities.units = units;
    return activities;
  }

  Map<String, StageTimings> timings() {
    return requireNonNull(timings, "No timings have been recorded.");
  }

  /** Committed units of the stage of this name. */
  int unitsOf(String name) {
    return planned.stream()
        .filter(stage -> name(stage).equals(name))
        .findFirst()
        .map(stage -> fingerprint(stage) + "/")
        .map(prefix -> (int) committed.stream().filter(unit -> unit.startsWith(prefix)).count())
        .orElse(0);
  }

  /** Calls of one kind, without the kind: {@code of("finish")} lists finished stages. */
  List<String> of(String kind) {
    return calls.stream()
        .filter(call -> call.startsWith(kind + " "))
        .map(call -> call.substring(kind.length() + 1))
        .toList();
  }

  @Override
  public OpenedRequest open(@Nullable JsonNode request, String run) {
    note("open", run);
    opening.run();
    try {
      RequestReader.read(request);
    } catch (InvalidRequestException e) {
      throw ApplicationFailure.newNonRetryableFailure(e.getMessage(), FailureTypes.INVALID_REQUEST);
    }
    return opened;
  }

  @Override
  public void claim(OpenedRequest request, String run) {
    note("claim", run);
  }

  @Override
  public void recordTimings(RunContext context, String run, Map<String, StageTimings> spent) {
    note("timings", run);
    timings = spent;
  }

  @Override
  public StagePlan plan(StageInput input) {
    Stage stage = input.stage();
    note("plan", name(stage));
    planned.add(stage);
    planning.accept(input);
    String fingerprint = fingerprint(stage);
    int count = units.applyAsInt(stage);
    StageResult manifest = manifests.get(fingerprint);
    return manifest != null
        ? new StagePlan(fingerprint, count, List.of(), manifest)
        : new StagePlan(fingerprint, count, tasks(fingerprint, count), null);
  }

  @Override
  public TaskResult compute(StageTask task) {
    note(
        "compute",
        "%s [%d, +%d)".formatted(name(task.stage()), task.units().first(), task.units().count()));
    computing.accept(task);
    int computed = 0;
    boolean complete;
    synchronized (this) {
      for (int unit = task.units().first();
          unit < task.units().first() + task.units().count();
          unit++) {
        computed += committed.add(task.fingerprint() + "/" + unit) ? 1 : 0;
      }
      // In one with the last unit: only one task finds that nothing is left.
      complete = complete(task);
    }
    int attempt = Activity.getExecutionContext().getInfo().getAttempt();
    return new TaskResult(
        computed,
        task.units().count() - computed,
        0.5,
        attempt - 1,
        finishesItself && task.finish() && complete
            ? finish(new StageInput(task.context(), task.stage()))
            : null);
  }

  @Override
  public StageResult finish(StageInput input) {
    Stage stage = input.stage();
    note("finish", name(stage));
    finishing.accept(stage);
    String fingerprint = fingerprint(stage);
    StageResult result =
        new StageResult(new Artifact(stage.name(), fingerprint), facts(stage), 0.25);
    manifests.put(fingerprint, result);
    return result;
  }

  private JsonNode facts(Stage stage) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    if (stage instanceof Stage.Prepare) {
      facts.put("trainRows", 100).put("testRows", 10).putArray("warnings").add("3 texts are empty");
    }
    if (stage instanceof Stage.Repair repair) {
      facts.put("exact", repair.attempt() >= exactAttempt);
    }
    if (stage instanceof Stage.Publish publish) {
      String folder = "file:///out/runs/" + publish.run();
      facts.put("output", folder).put("report", folder + "/report.json");
      ObjectNode headline = facts.putObject("headline");
      headline.putObject("items").put("train", 1_000);
      ObjectNode paths = headline.putObject("paths");
      paths.putObject("before").put("unique", 700).put("collisionRate", 0.3);
      paths.putObject("after").put("unique", 950).put("collisionRate", 0.05);
    }
    return facts;
  }

  private List<UnitRange> tasks(String fingerprint, int count) {
    int longest = Math.max(1, (count + MOST_TASKS - 1) / MOST_TASKS);
    List<UnitRange> tasks = new ArrayList<>();
    for (int first = 0; first < count; first += longest) {
      UnitRange range = new UnitRange(first, Math.min(longest, count - first));
      if (!allCommitted(fingerprint, range)) {
        tasks.add(range);
      }
    }
    return tasks;
  }

  private boolean complete(StageTask task) {
    return allCommitted(task.fingerprint(), new UnitRange(0, units.applyAsInt(task.stage())));
  }

  private boolean allCommitted(String fingerprint, UnitRange range) {
    for (int unit = range.first(); unit < range.first() + range.count(); unit++) {
      if (!committed.contains(fingerprint + "/" + unit)) {
        return false;
      }
    }
    return true;
  }

  private void note(String kind, String what) {
    calls.add(kind + " " + what);
    queues.add(Activity.getExecutionContext().getInfo().getActivityTaskQueue() + " " + what);
  }

  /** The stage's name and what tells it from others of its kind. */
  static String name(Stage stage) {
    if (stage instanceof Stage.Fit fit) {
      return "fit " + fit.level();
    }
    if (stage instanceof Stage.FitLevel fit) {
      return "fit-level " + fit.level();
    }
    if (stage instanceof Stage.SoftLoads loads) {
      return "soft-loads %d.%d".formatted(loads.previous().size() + 1, loads.pass());
    }
    if (stage instanceof Stage.Repair repair) {
      return "repair %d.%d".formatted(repair.previous().size() + 1, repair.attempt());
    }
    if (stage instanceof Stage.Assign assign) {
      return "assign " + (assign.previous().size() + 1);
    }
    if (stage instanceof Stage.Group group) {
      return "group %d.%d".formatted(group.previous().size() + 1, group.round());
    }
    if (stage instanceof Stage.Scatter scatter) {
      return "scatter " + (scatter.previous().size() + 1);
    }
    return stage.name();
  }

  /** What the stage's record says, as in the adapters: equal records, equal artifacts. */
  static String fingerprint(Stage stage) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(stage.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
