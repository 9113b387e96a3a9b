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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The two ends of a sweep. */
final class SweepReaderActivities implements SweepActivities {
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
    Set<String> warnings = new LinkedHashSet<>();
    OpenedRequest opened = null;
    for (SweepRequest.Combination one : request.combinations()) {
      try {
        new RunName(sweep);
        JsonNode whole = SweepRequest.merged(request.base(), one.settings());
        opened = new RequestOpener(engines, progress::advanced).open(whole, one.run());
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
    claim(opened.context().output(), sweep, input, runs);
    return new OpenedSweep(
        request.base(),
        opened.context().output(),
        runs,
        opened.queueTimeout(),
        List.copyOf(warnings));
  }

  /** The name belongs to these runs from now on. */
  private void claim(
      String output, String sweep, @Nullable JsonNode input, List<OpenedSweep.Run> runs) {
    Stores stores = engines.stores();
    Location file = folder(output, sweep).resolve("request.json");
    ObjectNode mine = Json.object();
    ArrayNode names = mine.putArray("runs");
    runs.forEach(run -> names.add(run.run()));
    mine.set("request", input);
    if (stores.create(file, mine.toPrettyString().getBytes(StandardCharsets.UTF_8))) {
      return;
    }
    if (!Json.read(stores.read(file)).path("runs").equals(names)) {
      throw new InvalidRequestException(
          List.of(
              "The sweep name '%s' is taken by other runs (%s). Choose another name."
                  .formatted(sweep, file.uri())));
    }
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
    stores.create(folder.resolve(SweepReport.PAGE), report.html());
    // Last: a sweep with this object is finished.
    stores.create(folder.resolve(SweepReport.NAME), report.json());
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
