package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.catalogue.CatalogueKind;
import io.semanticids.catalogue.Catalogues;
import io.semanticids.catalogue.ItemShard;
import io.semanticids.catalogue.Prepared;
import io.semanticids.store.Column;
import io.semanticids.store.PartContent;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.Stage;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The catalogue, numbered and cut into shards, in one streaming pass. */
final class PrepareExecutor implements StageExecutor<Stage.Prepare> {
  private static final long MAX_ROWS = Integer.MAX_VALUE - 8;

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public int units(StageScope scope, Stage.Prepare stage) {
    return 1;
  }

  @Override
  public void compute(StageScope scope, Stage.Prepare stage, int unit, Progress progress) {
    requireUnchanged(scope, stage, progress);
    String test = scope.context().test();
    ArrayNode shards = Json.CANONICAL.createArrayNode();
    long[] nextVector = {0};
    Catalogues catalogues = scope.engines().catalogues();
    Prepared prepared =
        catalogues.prepare(
            Requests.location(scope, scope.context().dataset()),
            test == null ? null : Requests.location(scope, test),
            Requests.fields(stage.columns()),
            scope.context().shardRows(),
            shard -> {
              ObjectNode info = commit(scope, shard, nextVector[0]);
              nextVector[0] += info.path("vectors").asLong();
              shards.add(info);
            },
            progress::advanced);
    requireUnchangedMeanwhile(scope, stage, shards.size(), progress);
    requireCountable(prepared.trainRows());
    requireCountable(prepared.testRows());
    ObjectNode catalogue = Json.object();
    catalogue.set("shards", shards);
    scope.commit(
        Items.CATALOGUE_PART,
        "json",
        file -> {
          Files.writeString(file, Json.canonical(catalogue));
          return new PartContent(
              prepared.trainRows() + prepared.testRows(), facts(stage, prepared));
        });
  }

  private static void requireUnchanged(StageScope scope, Stage.Prepare stage, Progress progress) {
    Sources.requireUnchanged(scope, stage.dataset(), stage.test(), bytes -> progress.advanced(0));
  }

  /** What was committed of a catalogue that has changed since would pass for the one before. */
  private static void requireUnchangedMeanwhile(
      StageScope scope, Stage.Prepare stage, int shards, Progress progress) {
    try {
      requireUnchanged(scope, stage, progress);
    } catch (ApplicationFailure e) {
      if (e.getType().equals(FailureTypes.INVALID_DATA)) {
        scope.output().deleteParts(shards + 1);
      }
      throw e;
    }
  }

  /** The figures hold all codes of a split in arrays. */
  private static void requireCountable(long rows) {
    if (rows > MAX_ROWS) {
      throw ApplicationFailure.newNonRetryableFailure(
          "The catalogue has %,d rows; a split of up to %,d can be worked on. Divide it."
              .formatted(rows, MAX_ROWS),
          FailureTypes.INVALID_DATA);
    }
  }

  /** Commits one shard; returns what the catalogue says of it. */
  private static ObjectNode commit(StageScope scope, ItemShard shard, long firstVector) {
    int rows = shard.rows();
    ObjectNode info = Json.object();
    info.put("firstRow", shard.firstRow());
    info.put("rows", rows);
    info.put("test", shard.test());
    info.put("firstVector", firstVector);
    info.put("vectors", newVectors(shard.vectors(), firstVector));
    List<Column> columns = new ArrayList<>();
    columns.add(Column.strings("id", Arrays.asList(shard.ids())));
    columns.add(Column.longs("vector", shard.vectors()));
    columns.add(Column.ints("group-number", shard.groupNumbers()));
    if (shard.texts() != null) {
      columns.add(Column.strings("text", Arrays.asList(shard.texts())));
    }
    if (shard.groups() != null) {
      columns.add(Column.strings("group", Arrays.asList(shard.groups())));
    }
    if (shard.embeddings() != null) {
      columns.add(
          Column.matrix32("embedding", shard.embeddings(), shard.embeddings().length / rows));
    }
    scope.commit(shard.index() + 1, rows, Json.object(), Map.of(), columns.toArray(Column[]::new));
    return info;
  }

  /** How many vectors appear here first: numbers are given in order of first appearance. */
  private static int newVectors(long[] vectors, long firstVector) {
    int found = 0;
    for (long vector : vectors) {
      if (vector == firstVector + found) {
        found++;
      }
    }
    return found;
  }

  private static ObjectNode facts(Stage.Prepare stage, Prepared prepared) {
    ObjectNode facts = Json.object();
    facts.put("kind", prepared.kind() == CatalogueKind.VECTORS ? "VECTORS" : "TEXTS");
    facts.put("trainRows", prepared.trainRows());
    facts.put("testRows", prepared.testRows());
    facts.put("groups", prepared.groups());
    facts.put("distinct", prepared.distinct());
    facts.put("dimension", prepared.dimension());
    facts.put("maxNorm", prepared.maxNorm());
    facts.put("inPlace", !prepared.segments().isEmpty());
    if (stage.normalize()) {
      facts.put("normalize", true);
    }
    facts.set("warnings", Json.tree(prepared.warnings()));
    return facts;
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Prepare stage, Progress progress) {
    return scope.marker(scope.artifact(), Items.CATALOGUE_PART).facts();
  }
}
