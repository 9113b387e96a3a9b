package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.catalogue.MatrixSegment;
import io.semanticids.store.Location;
import io.semanticids.store.MappedFile;
import io.semanticids.tensor.Rows;
import io.semanticids.tensor.UnitRows;
import io.semanticids.workflows.activity.Artifact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of all rows, training rows first: {@code n x d} float32. Equal texts share one stored
 * vector; given vectors are read where they lie, and brought to length 1 if the request says so.
 */
final class StoredVectors implements Rows {
  private final StageScope scope;
  private final Items items;
  private final int dimension;
  private final double maxNorm;
  private final List<Segment> segments = new ArrayList<>();
  private final List<Long> firstVectors = new ArrayList<>();
  private final StoredPart[] rowParts;
  private boolean halfs = true;

  /** Where a segment lies: values of {@code type} from {@code offset} on. */
  private record Place(MappedFile file, String type, long offset) {
    Place scattered() {
      return new Place(file.scattered(), type, offset);
    }

    void read(long index, int values, float[] target, int at) {
      switch (type) {
        case "float16" -> file.halfs(offset + index * 2, values, target, at);
        case "float32" -> file.floats(offset + index * 4, values, target, at);
        case "float64" -> file.doubles(offset + index * 8, values, target, at);
        default -> throw new IllegalStateException("No vectors are of type '%s'.".formatted(type));
      }
    }
  }

  /** A contiguous run of stored vectors, fetched and mapped when it is first read. */
  private static final class Segment {
    private final Supplier<Place> source;
    private @Nullable Place place;

    Segment(Supplier<Place> source) {
      this.source = source;
    }

    synchronized Place place() {
      if (place == null) {
        place = source.get();
      }
      return place;
    }
  }

  private StoredVectors(StageScope scope, Items items, int dimension, double maxNorm) {
    this.scope = scope;
    this.items = items;
    this.dimension = dimension;
    this.maxNorm = maxNorm;
    this.rowParts = new StoredPart[items.shards().size()];
  }

  /**
   * The vectors of the prepared catalogue {@code items}: {@code vectors} are their embeddings, or
   * {@code items} again.
   */
  static StoredVectors open(StageScope scope, Artifact itemsArtifact, Artifact vectors) {
    Items items = scope.items(itemsArtifact);
    boolean given = items.givenVectors();
    JsonNode facts = scope.facts(vectors);
    double raw = facts.path("maxNorm").asDouble();
    double maxNorm = items.normalize() && raw > 0 ? UnitRows.MAX_NORM : raw;
    StoredVectors stored =
        new StoredVectors(scope, items, facts.path("dimension").asInt(), maxNorm);
    if (given && items.inPlace()) {
      requireUnchanged(scope, itemsArtifact);
      stored.addSegmentsInPlace();
    } else {
      stored.addParts(vectors, given);
    }
    return stored;
  }

  /** Nothing is copied, so nothing but this notices that a file was changed while a run is on. */
  private static void requireUnchanged(StageScope scope, Artifact itemsArtifact) {
    JsonNode prepared = scope.manifest(itemsArtifact).path("settings");
    Sources.requireUnchanged(
        scope, prepared.path("dataset").asText(), prepared.path("test").asText(), bytes -> {});
  }

  /** Found anew from the files' headers: the catalogue may have moved since it was prepared. */
  private void addSegmentsInPlace() {
    long first = 0;
    for (MatrixSegment place : Requests.segments(scope)) {
      Location at = scope.stores().roots().require(Location.parse(place.uri()));
      firstVectors.add(first);
      halfs &= first >= items.trainRows() || place.type().equals("float16");
      segments.add(
          new Segment(
              () -> new Place(scope.map(scope.stores().local(at)), place.type(), place.offset())));
      first += place.rows();
    }
  }

  private void addParts(Artifact vectors, boolean given) {
    halfs = !given;
    for (ItemShardInfo shard : items.shards()) {
      firstVectors.add(given ? shard.firstRow() : shard.firstVector());
      int number = given ? shard.index() + 1 : shard.index();
      segments.add(
          new Segment(
              () -> {
                StoredPart part = scope.part(vectors, number);
                return new Place(
                    part.map(), given ? "float32" : "float16", part.offset("embedding"));
              }));
    }
  }

  /**
   * Whether all training vectors are float16: embeddings, and given ones that are read as they are.
   */
  boolean halfs() {
    return halfs && !items.normalize();
  }

  /** No row's Euclidean norm is larger. */
  double maxNorm() {
    return maxNorm;
  }

  @Override
  public long count() {
    return items.rows();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public Rows scattered() {
    return new Rows() {
      @Override
      public long count() {
        return StoredVectors.this.count();
      }

      @Override
      public int dimension() {
        return dimension;
      }

      @Override
      public void read(long first, int count, float[] target) {
        StoredVectors.this.read(first, count, target, Place::scattered);
      }
    };
  }

  @Override
  public void read(long first, int count, float[] target) {
    read(first, count, target, UnaryOperator.identity());
  }

  private void read(long first, int count, float[] target, UnaryOperator<Place> how) {
    Objects.checkFromIndexSize(first, (long) count, count());
    if (items.givenVectors()) {
      readVectors(first, count, target, 0, how);
      if (items.normalize()) {
        UnitRows.scale(target, count, dimension);
      }
      return;
    }
    long[] numbers = new long[count];
    int done = 0;
    while (done < count) {
      ItemShardInfo shard = items.shardOf(first + done);
      int inShard = (int) (first + done - shard.firstRow());
      int here = Math.min(count - done, shard.rows() - inShard);
      long[] part = new long[here];
      rowPart(shard).longs("vector", inShard, here, part);
      System.arraycopy(part, 0, numbers, done, here);
      done += here;
    }
    int at = 0;
    while (at < count) {
      int end = at + 1;
      while (end < count && numbers[end] == numbers[end - 1] + 1) {
        end++;
      }
      readVectors(numbers[at], end - at, target, at * dimension, how);
      at = end;
    }
  }

  private StoredPart rowPart(ItemShardInfo shard) {
    synchronized (rowParts) {
      if (rowParts[shard.index()] == null) {
        rowParts[shard.index()] = items.part(shard);
      }
      return rowParts[shard.index()];
    }
  }

  private void readVectors(
      long first, int count, float[] target, int at, UnaryOperator<Place> how) {
    long vector = first;
    int left = count;
    int to = at;
    while (left > 0) {
      int index = segmentOf(vector);
      long end = index + 1 < segments.size() ? firstVectors.get(index + 1) : Long.MAX_VALUE;
      int here = (int) Math.min(left, end - vector);
      how.apply(segments.get(index).place())
          .read((vector - firstVectors.get(index)) * dimension, here * dimension, target, to);
      vector += here;
      left -= here;
      to += here * dimension;
    }
  }

  /**
   * The last segment that begins at or before this vector (shards without a new text are empty
   * segments).
   */
  private int segmentOf(long vector) {
    int low = Collections.binarySearch(firstVectors, vector);
    int index = low >= 0 ? low : -low - 2;
    while (index + 1 < segments.size() && firstVectors.get(index + 1) == vector) {
      index++;
    }
    return index;
  }
}
