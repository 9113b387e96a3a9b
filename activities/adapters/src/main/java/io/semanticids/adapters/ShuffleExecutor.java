package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.Units.RowRange;
import io.semanticids.store.Column;
import io.semanticids.store.HalfFloats;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Stage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/**
 * Training rows sorted by prefix, then row: the map half of {@code group}, which so reads ranges
 * instead of single rows. A unit is cut into pieces of at most 128 MB of vectors, each of them a
 * part that is sorted by itself: piece p of unit i of u in part {@code p u + i}.
 *
 * <p>Nobody plans this stage: the units of {@code group} compute what is missing of it, each
 * beginning elsewhere, and the end of {@code scatter} deletes it. It never has a manifest: a run
 * with other settings makes the parts again.
 */
final class ShuffleExecutor implements StageExecutor<Stage.Shuffle> {
  private static final long PIECE_BYTES = 1 << 27;
  private static final int BLOCK = 1_024;

  private final long pieceBytes;

  ShuffleExecutor() {
    this(PIECE_BYTES);
  }

  ShuffleExecutor(long pieceBytes) {
    this.pieceBytes = pieceBytes;
  }

  Artifact artifact(Stage.Shuffle stage) {
    return new Artifact(stage.name(), Fingerprints.of(stage, version(), ""));
  }

  @Override
  public int version() {
    return 2;
  }

  /** Vectors are copied as they are read, and prefixes are part of the name. */
  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public boolean scratch() {
    return true;
  }

  @Override
  public int units(StageScope scope, Stage.Shuffle stage) {
    return Units.reduced(scope.items(stage.items()));
  }

  @Override
  public long rows(StageScope scope, Stage.Shuffle stage) {
    return scope.items(stage.items()).trainRows();
  }

  /** Computes all units that nobody has computed yet, beginning with unit {@code first}. */
  void complete(StageScope scope, Stage.Shuffle stage, int first, Progress progress) {
    try (StageScope own = new StageScope(scope.engines(), scope.context(), artifact(stage))) {
      int units = units(own, stage);
      for (int i = 0; i < units; i++) {
        int unit = (first + i) % units;
        if (!own.committed(unit)) {
          compute(own, stage, unit, progress);
        }
      }
    }
  }

  /** Deletes what there is of it: it was consumed, or is made again. */
  void delete(StageScope scope, Stage.Shuffle stage) {
    scope.folder(artifact(stage)).drop();
  }

  /** How many pieces a unit has. */
  int pieces(RowRange range, StoredVectors vectors) {
    return Math.toIntExact((range.count() + pieceRows(vectors) - 1) / pieceRows(vectors));
  }

  private int pieceRows(StoredVectors vectors) {
    int width = vectors.halfs() ? Short.BYTES : Float.BYTES;
    return (int) Math.max(1, pieceBytes / ((long) vectors.dimension() * width));
  }

  @Override
  public void compute(StageScope scope, Stage.Shuffle stage, int unit, Progress progress) {
    Items items = scope.items(stage.items());
    StoredVectors vectors = scope.vectors(stage.items(), stage.vectors());
    StoredCodes codes = StoredCodes.of(scope, stage.items(), stage.previous());
    Prefixes prefixes = Prefixes.of(LevelFiles.codewords(scope, stage.previous()));
    RowRange range = Units.rows(items, unit);
    int height = pieceRows(vectors);
    // The unit's own marker comes last: it says that its other pieces are there.
    for (int piece = pieces(range, vectors) - 1; piece >= 0; piece--) {
      long first = range.first() + (long) piece * height;
      int count = (int) Math.min(height, range.first() + range.count() - first);
      int part = piece * units(scope, stage) + unit;
      if (!scope.committed(part)) {
        commit(scope, part, vectors, first, prefixes.read(codes, first, count), progress);
      }
    }
  }

  private static void commit(
      StageScope scope,
      int part,
      StoredVectors vectors,
      long first,
      int[] prefixes,
      Progress progress) {
    int count = prefixes.length;
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = (long) prefixes[i] << 32 | i;
    }
    Arrays.sort(keys);
    int[] places = new int[count];
    long[] rows = new long[count];
    int[] sorted = new int[count];
    for (int place = 0; place < count; place++) {
      int row = (int) keys[place];
      places[row] = place;
      rows[place] = first + row;
      sorted[place] = prefixes[row];
    }
    scope.commit(
        part,
        count,
        Json.object(),
        Map.of(),
        Column.ints("prefix", sorted),
        Column.longs("row", rows),
        matrix(vectors, first, places, scope.arithmetic().threads(), progress));
  }

  /** The vectors of rows from {@code first} on, row i at {@code places[i]}. */
  private static Column matrix(
      StoredVectors vectors, long first, int[] places, int threads, Progress progress) {
    int dimension = vectors.dimension();
    int count = places.length;
    boolean halfs = vectors.halfs();
    ByteBuffer narrow =
        ByteBuffer.allocate(halfs ? Math.multiplyExact(count, 2 * dimension) : 0)
            .order(ByteOrder.LITTLE_ENDIAN);
    float[] wide = new float[halfs ? 0 : Math.multiplyExact(count, dimension)];
    ParallelBlocks.run(
        threads,
        count,
        BLOCK,
        blocks -> {
          ByteBuffer own = narrow.duplicate().order(ByteOrder.LITTLE_ENDIAN);
          float[] block = new float[Math.multiplyExact(Math.min(BLOCK, count), dimension)];
          blocks.forEach(
              (from, here) -> {
                vectors.read(first + from, here, block);
                for (int i = 0; i < here; i++) {
                  int to = places[(int) from + i] * dimension;
                  if (halfs) {
                    // They were widened when they were read: this gives the same bits back.
                    HalfFloats.encode(block, i * dimension, dimension, own.position(2 * to));
                  } else {
                    System.arraycopy(block, i * dimension, wide, to, dimension);
                  }
                }
                progress.advanced(0);
              });
          return places;
        },
        (one, other) -> one);
    return halfs
        ? Column.matrix16("vector", narrow, dimension)
        : Column.matrix32("vector", wide, dimension);
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Shuffle stage, Progress progress) {
    return Json.object();
  }
}
