package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.BalanceSettings;
import io.semanticids.workflows.activity.Level;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.RequestActivities;
import io.semanticids.workflows.activity.RunContext;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.StageActivities;
import io.semanticids.workflows.activity.StageInput;
import io.semanticids.workflows.activity.StagePlan;
import io.semanticids.workflows.activity.StageResult;
import io.semanticids.workflows.activity.StageTask;
import io.semanticids.workflows.activity.UnitRange;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The chain of stages as the workflow runs it, through the real activities and a local store. One
 * worker process; close it and open another for a restart.
 */
final class Pipeline implements AutoCloseable {
  private final Engines engines;
  private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
  private final StageActivities stages;
  private final RequestActivities requests;

  private Pipeline(Engines engines) {
    this.engines = engines;
    environment.registerActivitiesImplementations(
        new RequestReaderActivities(engines), new StageRunner(engines, new StageExecutors()));
    ActivityOptions options =
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofMinutes(10))
            .setHeartbeatTimeout(Duration.ofMinutes(1))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .build();
    stages = environment.newActivityStub(StageActivities.class, options);
    requests = environment.newActivityStub(RequestActivities.class, options);
  }

  /** A worker whose only root is {@code root}. */
  static Pipeline open(Path root, int threads) {
    return open(root, threads, StageListener.NONE, TextEmbedders::open);
  }

  /** The same, with models that are opened otherwise. */
  static Pipeline open(Path root, int threads, StageListener listener, ModelOpener opener) {
    return new Pipeline(
        new Engines(
            new WorkerSettings(
                List.of(root.toString()), root.resolve("cache"), 1L << 30, threads, listener),
            opener));
  }

  /** A finished run. */
  record Built(
      OpenedRequest request,
      Artifact items,
      Artifact vectors,
      List<Artifact> fits,
      Artifact before,
      List<Level> after,
      Artifact report,
      StageResult published) {}

  Engines engines() {
    return engines;
  }

  StageActivities stages() {
    return stages;
  }

  /** Prepares the catalogue and fits one level of five codes; the stage after them comes back. */
  Stage.Encode encode(OpenedRequest opened) {
    Artifact items = run(opened.context(), opened.prepare()).artifact();
    Artifact fit =
        run(opened.context(), new Stage.Fit(items, items, List.of(), 1, 5, 1)).artifact();
    return new Stage.Encode(items, items, List.of(fit), 1);
  }

  /** The markers of all parts below a folder. */
  static List<Path> markers(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> file.getFileName().toString().matches("part-\\d{5}\\.json"))
          .sorted()
          .toList();
    }
  }

  OpenedRequest open(ObjectNode request, String run) {
    return requests.open(request, run);
  }

  void claim(OpenedRequest request, String run) {
    requests.claim(request, run);
  }

  /** As an activity has it open. */
  StageScope scope(RunContext context, Artifact artifact) {
    return new StageScope(engines, context, artifact);
  }

  StagePlan plan(RunContext context, Stage stage) {
    return stages.plan(new StageInput(context, stage));
  }

  StageResult finish(RunContext context, Stage stage) {
    return stages.finish(new StageInput(context, stage));
  }

  /** Computes all tasks of a plan; the number of units that were not there. */
  int compute(RunContext context, Stage stage, StagePlan plan) {
    int computed = 0;
    for (UnitRange task : plan.tasks()) {
      computed +=
          stages.compute(new StageTask(context, stage, plan.fingerprint(), task, false)).computed();
    }
    return computed;
  }

  StageResult run(RunContext context, Stage stage) {
    StagePlan plan = plan(context, stage);
    if (plan.done() != null) {
      return plan.done();
    }
    compute(context, stage, plan);
    return finish(context, stage);
  }

  Built build(ObjectNode request, String run) {
    OpenedRequest opened = open(request, run);
    RunContext context = opened.context();
    Artifact items = run(context, opened.prepare()).artifact();
    claim(opened, run);
    Artifact vectors =
        opened.model() == null
            ? items
            : run(context, new Stage.Embed(items, opened.model())).artifact();
    List<Artifact> fits = new ArrayList<>();
    for (int level = 1; level <= opened.sizes().size(); level++) {
      int size = opened.sizes().get(level - 1);
      fits.add(
          run(context, new Stage.Fit(items, vectors, fits, level, size, opened.seed())).artifact());
    }
    Artifact before =
        run(context, new Stage.Encode(items, vectors, fits, opened.beam())).artifact();
    List<Level> after = new Levels(opened, items, vectors, fits).balance();
    Artifact report =
        run(
                context,
                new Stage.Evaluate(
                    items, vectors, fits, before, after, opened.sizes(), opened.seed()))
            .artifact();
    StageResult published =
        run(
            context,
            new Stage.Publish(
                run, opened.effective().toString(), items, vectors, fits, before, after, report));
    return new Built(opened, items, vectors, fits, before, after, report, published);
  }

  /** The levels one after another. */
  private final class Levels {
    private final OpenedRequest request;
    private final Artifact items;
    private final Artifact vectors;
    private final List<Artifact> fits;

    Levels(OpenedRequest request, Artifact items, Artifact vectors, List<Artifact> fits) {
      this.request = request;
      this.items = items;
      this.vectors = vectors;
      this.fits = fits;
    }

    List<Level> balance() {
      List<Level> after = new ArrayList<>();
      int levels = request.sizes().size();
      for (int level = 1; level <= levels && request.uniform().contains(true); level++) {
        if (!request.uniform().get(level - 1)) {
          boolean same = !request.uniform().subList(0, level - 1).contains(true);
          Artifact kept = same ? fits.get(level - 1) : fit(after, level, null);
          after.add(assign(after, kept, null));
        } else if (request.scope().insidePrefixes(level, levels)) {
          after.add(inside(after, level));
        } else {
          after.add(over(after, level));
        }
      }
      return after;
    }

    private Level over(List<Level> previous, int level) {
      Artifact codewords = fit(previous, level, request.balance());
      for (int pass = 1; pass <= 2; pass++) {
        codewords = artifact(new Stage.SoftLoads(items, vectors, previous, codewords, pass));
      }
      Artifact failed = null;
      for (int attempt = 1; ; attempt++) {
        StageResult repair =
            run(
                request.context(),
                new Stage.Repair(items, vectors, previous, codewords, attempt, failed));
        if (repair.facts().path("exact").asBoolean()) {
          return assign(previous, codewords, repair.artifact());
        }
        failed = repair.artifact();
      }
    }

    private Level inside(List<Level> previous, int level) {
      Artifact group = fit(previous, level, null);
      int rounds = request.balance().refit() ? 3 : 1;
      for (int round = 1; round <= rounds; round++) {
        group =
            artifact(
                new Stage.Group(
                    items, vectors, previous, group, request.balance(), round, round == rounds));
      }
      return new Level(group, artifact(new Stage.Scatter(items, vectors, previous, group)));
    }

    private Artifact fit(List<Level> previous, int level, @Nullable BalanceSettings settings) {
      return artifact(
          new Stage.FitLevel(
              items,
              vectors,
              previous,
              level,
              request.sizes().get(level - 1),
              request.balance().refit() ? null : fits.get(level - 1),
              settings,
              request.seed()));
    }

    private Level assign(List<Level> previous, Artifact codewords, @Nullable Artifact repair) {
      Artifact codes = artifact(new Stage.Assign(items, vectors, previous, codewords, repair));
      return new Level(repair == null ? codewords : repair, codes);
    }

    private Artifact artifact(Stage stage) {
      return run(request.context(), stage).artifact();
    }
  }

  /** What a run has published, byte by byte as characters, by name, without some. */
  static Map<String, String> published(Path folder, String... without) throws IOException {
    Map<String, String> published = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        published.put(folder.relativize(file).toString(), content);
      }
    }
    published.keySet().removeAll(Set.of(without));
    return published;
  }

  /** A request of these keys and values. */
  static ObjectNode request(Object... keysAndValues) {
    ObjectNode request = Json.object();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      JsonNode value = Json.tree(keysAndValues[i + 1]);
      request.set((String) keysAndValues[i], value);
    }
    return request;
  }

  @Override
  public void close() {
    environment.close();
    engines.close();
  }
}
