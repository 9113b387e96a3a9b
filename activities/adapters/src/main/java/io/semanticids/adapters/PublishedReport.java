package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.evaluate.LoadFigures;
import io.semanticids.evaluate.PathKeys;
import io.semanticids.evaluate.PathOrder;
import io.semanticids.evaluate.Report;
import io.semanticids.publish.ReportJson;
import io.semanticids.publish.ReportPage;
import io.semanticids.publish.SemanticId;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.request.BuildRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The report of a run with what its page shows beside the figures. */
final class PublishedReport {
  private final StageScope scope;
  private final Stage.Publish stage;
  private final PublishedCodes codes;
  private final Items items;

  PublishedReport(StageScope scope, Stage.Publish stage, PublishedCodes codes) {
    this.scope = scope;
    this.stage = stage;
    this.codes = codes;
    this.items = scope.items(stage.items());
  }

  /** The figures as JSON. */
  static JsonNode tree(StageScope scope, Artifact report) {
    return Json.read(scope.file(report, scope.facts(report).path("reportPart").asInt()));
  }

  private Report report() {
    int part = scope.facts(stage.report()).path("reportPart").asInt();
    try {
      return ReportJson.read(Files.readAllBytes(scope.file(stage.report(), part)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ReportPage page() {
    Report report = report();
    BuildRequest request =
        BuildRequest.fromJson(Json.read(stage.request().getBytes(StandardCharsets.UTF_8)));
    int[][] published = codes.train();
    int[][] before = codes.trainBefore();
    List<ReportPage.Loads> loads = new ArrayList<>();
    for (int level = 0; level < before.length; level++) {
      int size = report.sizes().get(level);
      loads.add(
          new ReportPage.Loads(
              LoadFigures.loads(before[level], size),
              report.balanced() ? LoadFigures.loads(published[level], size) : null));
    }
    List<String> warnings = new ArrayList<>(request.warnings());
    for (Artifact told : List.of(stage.items(), stage.report())) {
      scope.facts(told).path("warnings").forEach(warning -> warnings.add(warning.asText()));
    }
    return new ReportPage(
        stage.run(),
        request.dataset(),
        items.givenVectors() ? "given vectors" : request.model(),
        request.scope().key(),
        report,
        loads,
        collisions(published, report.sizes()),
        warnings);
  }

  private List<ReportPage.Collision> collisions(int[][] published, List<Integer> sizes) {
    PathOrder order = PathOrder.of(PathKeys.of(published, sizes));
    List<ReportPage.Collision> collisions = new ArrayList<>();
    Map<ItemShardInfo, List<String>> ids = new HashMap<>();
    Map<ItemShardInfo, List<String>> texts = new HashMap<>();
    for (PathOrder.Collision collision : order.largest(ReportPage.COLLISIONS, ReportPage.MEMBERS)) {
      int first = collision.rows().get(0);
      int[] path = new int[published.length];
      for (int level = 0; level < path.length; level++) {
        path[level] = published[level][first];
      }
      List<ReportPage.Member> members = new ArrayList<>();
      for (int row : collision.rows()) {
        ItemShardInfo shard = items.shardOf(row);
        int inShard = (int) (row - shard.firstRow());
        StoredPart part = items.part(shard);
        members.add(
            new ReportPage.Member(
                ids.computeIfAbsent(shard, s -> part.texts("id")).get(inShard),
                part.has("text")
                    ? texts.computeIfAbsent(shard, s -> part.texts("text")).get(inShard)
                    : null));
      }
      collisions.add(new ReportPage.Collision(SemanticId.of(path), collision.items(), members));
    }
    return collisions;
  }
}
