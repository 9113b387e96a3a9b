package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.workflows.activity.Artifact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The prepared catalogue: rows {@code [0, trainRows)} are training rows, {@code [trainRows, rows)}
 * test rows. Shards are cut by row number inside each split.
 */
final class Items {
  /** Part 0 of the artifact describes the catalogue; shard {@code s} is part {@code s + 1}. */
  static final int CATALOGUE_PART = 0;

  private final StageScope scope;
  private final Artifact artifact;
  private final JsonNode facts;
  private final List<ItemShardInfo> shards;
  private final long[] firstRows;

  private Items(StageScope scope, Artifact artifact, JsonNode facts, List<ItemShardInfo> shards) {
    this.scope = scope;
    this.artifact = artifact;
    this.facts = facts;
    this.shards = shards;
    this.firstRows = shards.stream().mapToLong(ItemShardInfo::firstRow).toArray();
  }

  static Items read(StageScope scope, Artifact artifact) {
    JsonNode catalogue = Json.read(scope.file(artifact, CATALOGUE_PART));
    List<ItemShardInfo> shards = new ArrayList<>();
    for (JsonNode shard : catalogue.path("shards")) {
      shards.add(
          new ItemShardInfo(
              shards.size(),
              shard.path("test").asBoolean(),
              shard.path("firstRow").asLong(),
              shard.path("rows").asInt(),
              shard.path("firstVector").asLong(),
              shard.path("vectors").asInt()));
    }
    return new Items(scope, artifact, scope.marker(artifact, CATALOGUE_PART).facts(), shards);
  }

  /** One shard of the catalogue and the distinct texts that appear in it first. */
  record ItemShardInfo(
      int index, boolean test, long firstRow, int rows, long firstVector, int vectors) {}

  long trainRows() {
    return facts.path("trainRows").asLong();
  }

  long testRows() {
    return facts.path("testRows").asLong();
  }

  long rows() {
    return trainRows() + testRows();
  }

  long groups() {
    return facts.path("groups").asLong();
  }

  /** The number of distinct texts, or of rows where vectors were given. */
  long distinct() {
    return facts.path("distinct").asLong();
  }

  boolean givenVectors() {
    return facts.path("kind").asText().equals("VECTORS");
  }

  int dimension() {
    return facts.path("dimension").asInt();
  }

  /** Whether the given vectors are brought to length 1 when they are read. */
  boolean normalize() {
    return facts.path("normalize").asBoolean();
  }

  /** Whether the given vectors are read where they lie. */
  boolean inPlace() {
    return facts.path("inPlace").asBoolean();
  }

  List<ItemShardInfo> shards() {
    return shards;
  }

  ItemShardInfo shard(int index) {
    return shards.get(Objects.checkIndex(index, shards.size()));
  }

  /** The shard that holds this row. */
  ItemShardInfo shardOf(long row) {
    Objects.checkIndex(row, rows());
    int at = Arrays.binarySearch(firstRows, row);
    return shards.get(at >= 0 ? at : -at - 2);
  }

  StoredPart part(ItemShardInfo shard) {
    return scope.part(artifact, shard.index() + 1);
  }

  /** Numbers of the product groups of rows {@code [first, first + count)}; -1 for none. */
  int[] groups(ItemShardInfo shard) {
    return part(shard).ints("group-number");
  }
}
