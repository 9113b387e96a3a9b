package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.evaluate.Report;
import io.semanticids.publish.ReportJson;
import io.semanticids.publish.SweepReport;
import io.semanticids.store.Location;
import io.semanticids.store.MissingObjectException;
import io.semanticids.store.Stores;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.OpenedSweep;
import io.semanticids.workflows.activity.SweepActivities;
import io.semanticids.workflows.activity.SweepResult;
import io.semanticids.workflows.request.InvalidRequestException;
import io.semanticids.workflows.request.RunName;
import io.semanticids.workflows.request.SweepProblems;
import io.semanticids.workflows.request.SweepReader;
import io.semanticids.workflows.request.SweepRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The two ends of a sweep. */
final class SweepReaderActivities implements SweepActivities {
  private static final String OTHER_RESULT =
      "What is published is never changed: choose another name, or delete that folder.";

  private final Engines engines;

  SweepReaderActivities(Engines engines) {
    this.engines = engines;
  }

  @Override
  public OpenedSweep open(@Nullable JsonNode request, String sweep) {
    return Failures.translated(
        () ->
            engines
                .heartbeats()
                .during("open", "bytes", progress -> open(request, sweep, progress)));
  }

  private OpenedSweep open(@Nullable JsonNode input, String sweep, Progress progress) {
    SweepRequest request = SweepReader.read(input);
    SweepProblems problems = new SweepProblems(request.combinations().size());
    List<OpenedSweep.Run> runs = new ArrayList<>();
    ArrayNode content = Json.object().arrayNode();
    Set<String> warnings = new LinkedHashSet<>();
    OpenedRequest opened = null;
    for (SweepRequest.Combination one : request.combinations()) {
      try {
        new RunName(sweep);
        JsonNode whole = SweepRequest.merged(request.base(), one.settings());
        opened = new RequestOpener(engines, progress::advanced).open(whole, one.run());
        content.add(RunClaim.content(opened));
        opened.warnings().forEach(warning -> warnings.add(one.label() + ": " + warning));
      } catch (InvalidRequestException e) {
        problems.add(one.label(), e.problems());
      }
      runs.add(new OpenedSweep.Run(one.run(), one.settings(), one.label()));
    }
    problems.throwIfAny();
    if (opened == null) {
      throw new IllegalStateException("A sweep without runs was let through.");
    }
    claim(opened.context().output(), sweep, input, runs, content);
    return new OpenedSweep(
        request.base(),
        opened.context().output(),
        runs,
        opened.queueTimeout(),
        List.copyOf(warnings));
  }

  /** The name belongs to these runs over these catalogues from now on. */
  private void claim(
      String output,
      String sweep,
      @Nullable JsonNode input,
      List<OpenedSweep.Run> runs,
      ArrayNode content) {
    Stores stores = engines.stores();
    Location file = folder(output, sweep).resolve("request.json");
    ObjectNode mine = Json.object();
    ArrayNode names = mine.putArray("runs");
    runs.forEach(run -> names.add(run.run()));
    mine.set(RunClaim.CONTENT, content);
    mine.set("request", input);
    if (stores.create(file, mine.toPrettyString().getBytes(StandardCharsets.UTF_8))) {
      return;
    }
    JsonNode stored = Json.read(stores.read(file));
    if (!stored.path("runs").equals(names)) {
      throw taken(sweep, "other runs", file, "Choose another name.");
    }
    if (!stored.path(RunClaim.CONTENT).equals(content)) {
      throw taken(sweep, "the same runs over other data", file, OTHER_RESULT);
    }
  }

  private static InvalidRequestException taken(
      String sweep, String owner, Location at, String remedy) {
    return new InvalidRequestException(
        List.of(
            "The sweep name '%s' is taken by %s (%s). %s"
                .formatted(sweep, owner, at.uri(), remedy)));
  }

  @Override
  public SweepResult publish(OpenedSweep opened, String sweep) {
    return Failures.translated(() -> published(opened, sweep));
  }

  private SweepResult published(OpenedSweep opened, String sweep) {
    Stores stores = engines.stores();
    Location output = stores.roots().require(Location.parse(opened.output()));
    List<SweepReport.Entry> entries =
        opened.runs().stream()
            .map(
                run -> {
                  Location report =
                      output.resolve("runs").resolve(run.run()).resolve(ReportJson.NAME);
                  return SweepReport.entry(
                      run.run(), run.label(), run.settings(), report(stores, report));
                })
            .toList();
    SweepReport report = SweepReport.of(sweep, opened.base().path("dataset").asText(), entries);
    Location folder = folder(opened.output(), sweep);
    put(folder.resolve(SweepReport.PAGE), report.html(), sweep);
    // Last: a sweep with this object is finished.
    put(folder.resolve(SweepReport.NAME), report.json(), sweep);
    ArrayNode headline = Json.object().arrayNode();
    for (SweepReport.Entry entry : report.runs()) {
      headline
          .addObject()
          .put("run", entry.run())
          .put("settings", entry.label())
          .put("collisionRate", entry.collisionRate())
          .put("relativeError", entry.relativeError())
          .put("pareto", entry.pareto());
    }
    return new SweepResult(
        sweep, folder.uri(), folder.resolve(SweepReport.PAGE).uri(), headline, opened.warnings());
  }

  /** The same runs give the same bytes, unless another version of this program made them. */
  private void put(Location at, byte[] content, String sweep) {
    Stores stores = engines.stores();
    if (!stores.create(at, content) && !Arrays.equals(stores.read(at), content)) {
      throw taken(sweep, "other figures", at, OTHER_RESULT);
    }
  }

  private static Report report(Stores stores, Location at) {
    try {
      return ReportJson.read(stores.read(at));
    } catch (MissingObjectException e) {
      throw new IllegalStateException(
          "%s was deleted while the sweep ran; start the sweep again.".formatted(at), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Location folder(String output, String sweep) {
    return engines
        .stores()
        .roots()
        .require(Location.parse(output))
        .resolve(SweepReport.FOLDER)
        .resolve(sweep);
  }
}
