package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.publish.Lineage;
import io.semanticids.publish.Manifest.PublishedObject;
import io.semanticids.publish.ReportJson;
import io.semanticids.publish.RunFolder;
import io.semanticids.publish.RunPublisher;
import io.semanticids.store.Location;
import io.semanticids.store.PartContent;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what a run leaves behind, below {@code <output>/runs/<run>/}. The same run gives the same
 * bytes, so a publication that was interrupted finds some of its objects there and puts the rest
 * beside them; the manifest comes last.
 */
final class PublishExecutor implements StageExecutor<Stage.Publish> {
  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public int units(StageScope scope, Stage.Publish stage) {
    return 1;
  }

  @Override
  public long rows(StageScope scope, Stage.Publish stage) {
    return scope.items(stage.items()).rows();
  }

  /** The folder of a run's outputs. */
  static Location runFolder(StageScope scope, String run) {
    return scope
        .stores()
        .roots()
        .require(Location.parse(scope.context().output()))
        .resolve("runs")
        .resolve(run);
  }

  @Override
  public boolean intact(StageScope scope, Stage.Publish stage) {
    return RunFolder.manifest(scope.stores(), runFolder(scope, stage.run())).isPresent();
  }

  @Override
  public void compute(StageScope scope, Stage.Publish stage, int unit, Progress progress) {
    RunFolder folder = new RunFolder(scope.stores(), runFolder(scope, stage.run()));
    TemporaryFolder.use(scope.stores(), local -> put(scope, stage, folder, local, progress));
    scope.commit(
        0,
        "json",
        file -> {
          Files.writeString(file, Json.canonical(folder.objects()));
          return new PartContent(folder.objects().size(), Json.object());
        });
  }

  /** Puts all objects but timings and manifest. */
  private static void put(
      StageScope scope, Stage.Publish stage, RunFolder folder, Path local, Progress progress)
      throws IOException {
    PublishedCodes codes = new PublishedCodes(scope, stage);
    PublishedCodebooks codebooks = new PublishedCodebooks(scope, stage);
    RunPublisher.put(
        new RunPublisher.Run(
            codes.blocks(progress),
            scope.items(stage.items()).rows(),
            codebooks.published(),
            stage.after().isEmpty() ? null : codebooks.before(),
            new PublishedReport(scope, stage, codes).page()),
        folder,
        local);
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Publish stage, Progress progress) {
    List<PublishedObject> objects = new ArrayList<>();
    for (JsonNode object : Json.read(scope.file(scope.artifact(), 0))) {
      objects.add(
          new PublishedObject(
              object.path("name").asText(),
              object.path("bytes").asLong(),
              object.path("sha256").asText()));
    }
    Location target = runFolder(scope, stage.run());
    new RunFolder(scope.stores(), target, objects)
        .finish(
            new Lineage(
                stage.run(),
                Json.read(stage.request().getBytes(StandardCharsets.UTF_8)),
                fingerprints(stage),
                scope.engines().deviceClass(),
                versions(stage)));
    ObjectNode facts = Json.object();
    facts.put("output", target.uri());
    facts.put("report", target.resolve(ReportJson.NAME).uri());
    facts.set("headline", headline(scope, stage));
    return facts;
  }

  private static Map<String, String> versions(Stage.Publish stage) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(Versions.NAME, Versions.program());
    all.putAll(new StageExecutors().versions(!stage.after().isEmpty()));
    return all;
  }

  private static Map<String, String> fingerprints(Stage.Publish stage) {
    Map<String, String> all = new LinkedHashMap<>();
    put(all, "prepare", stage.items());
    put(all, "embed", stage.vectors());
    for (int level = 1; level <= stage.fits().size(); level++) {
      put(all, "fit-" + level, stage.fits().get(level - 1));
    }
    put(all, "encode", stage.before());
    for (int level = 1; level <= stage.after().size(); level++) {
      put(all, "balance-" + level, stage.after().get(level - 1).codewords());
      put(all, "codes-" + level, stage.after().get(level - 1).codes());
    }
    put(all, "evaluate", stage.report());
    return all;
  }

  private static void put(Map<String, String> all, String name, Artifact artifact) {
    all.put(name, artifact.fingerprint());
  }

  private static ObjectNode headline(StageScope scope, Stage.Publish stage) {
    JsonNode report = PublishedReport.tree(scope, stage.report());
    ObjectNode headline = Json.object();
    headline.set("items", report.path("items"));
    ArrayNode levels = headline.putArray("sizes");
    report.path("levels").forEach(level -> levels.add(level.path("size").asInt()));
    headline.set("paths", report.path("paths"));
    headline.set("floors", report.path("floors"));
    return headline;
  }
}
