package io.semanticids.adapters;

import io.semanticids.adapters.Units.RowRange;
import io.semanticids.store.MappedFile;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The training rows of a range of prefixes, read from their sorted copies. */
final class SortedRows {
  /** So many rows are gathered at a time. */
  private static final int GATHERED = 4_096;

  /**
   * A part whose rows of these prefixes begin at {@code starts[g]}; its columns begin at these
   * bytes.
   */
  private record Piece(
      MappedFile map, long vectors, long numbers, boolean halfs, int dimension, int[] starts) {
    int count(int group) {
      return starts[group + 1] - starts[group];
    }

    void read(long row, int count, float[] target, int to) {
      if (halfs) {
        map.halfs(vectors + row * dimension * Short.BYTES, count * dimension, target, to);
      } else {
        map.floats(vectors + row * dimension * Float.BYTES, count * dimension, target, to);
      }
    }
  }

  private final List<Codewords> levels;
  private final Prefixes prefixes;
  private final int firstPrefix;
  private final int dimension;
  private final int[] counts;
  private final List<Piece> pieces = new ArrayList<>();

  private SortedRows(
      List<Codewords> levels, Prefixes prefixes, int firstPrefix, int dimension, int groups) {
    this.levels = levels;
    this.prefixes = prefixes;
    this.firstPrefix = firstPrefix;
    this.dimension = dimension;
    this.counts = new int[groups];
  }

  /**
   * The rows of prefixes {@code [from, to)}.
   *
   * @param shuffle reads and makes the sorted copies
   * @param firstUnit where to begin if sorted copies have to be made first
   */
  static SortedRows open(
      StageScope scope,
      Stage.Shuffle stage,
      ShuffleExecutor shuffle,
      int from,
      int to,
      int firstUnit,
      Progress progress) {
    shuffle.complete(scope, stage, firstUnit, progress);
    Artifact artifact = shuffle.artifact(stage);
    scope.changes(artifact);
    Items items = scope.items(stage.items());
    StoredVectors vectors = scope.vectors(stage.items(), stage.vectors());
    List<Codewords> levels = LevelFiles.codewords(scope, stage.previous());
    SortedRows sorted =
        new SortedRows(levels, Prefixes.of(levels), from, vectors.dimension(), to - from);
    int units = Units.reduced(items);
    for (int unit = 0; unit < units; unit++) {
      RowRange range = Units.rows(items, unit);
      for (int piece = 0; piece < shuffle.pieces(range, vectors); piece++) {
        sorted.add(scope.part(artifact, piece * units + unit), vectors.halfs());
        progress.advanced(0);
      }
    }
    return sorted;
  }

  private void add(StoredPart part, boolean halfs) {
    int[] starts = new int[counts.length + 1];
    int rows = Math.toIntExact(part.marker().rows());
    int low = firstAtLeast(part, rows, firstPrefix);
    int high = firstAtLeast(part, rows, firstPrefix + counts.length);
    int[] numbers = new int[high - low];
    part.ints("prefix", low, numbers.length, numbers);
    int at = 0;
    for (int g = 0; g < counts.length; g++) {
      starts[g] = low + at;
      while (at < numbers.length && numbers[at] == firstPrefix + g) {
        at++;
      }
      counts[g] = Math.addExact(counts[g], low + at - starts[g]);
    }
    starts[counts.length] = high;
    pieces.add(
        new Piece(part.map(), part.offset("vector"), part.offset("row"), halfs, dimension, starts));
  }

  private static int firstAtLeast(StoredPart part, int rows, int prefix) {
    int low = 0;
    int high = rows;
    int[] value = new int[1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      part.ints("prefix", middle, 1, value);
      if (value[0] < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many prefixes there are. */
  int groups() {
    return counts.length;
  }

  /** The number of values of a row. */
  int dimension() {
    return dimension;
  }

  /** How many rows a prefix has. */
  int count(int group) {
    return counts[group];
  }

  /** The numbers of a prefix's rows, ascending. */
  long[] numbers(int group) {
    long[] numbers = new long[counts[group]];
    int done = 0;
    for (Piece piece : pieces) {
      long[] part = new long[piece.count(group)];
      piece.map.longs(piece.numbers + (long) piece.starts[group] * Long.BYTES, part.length, part);
      System.arraycopy(part, 0, numbers, done, part.length);
      done += part.length;
    }
    return numbers;
  }

  /** What the levels before leave of a prefix's rows, in the order of their numbers. */
  Rows rows(int group) {
    return new GroupRows(group, firsts(group));
  }

  /**
   * The same rows, gathered at the start of {@code values}, which must have room for them.
   *
   * @param threads that read side by side
   */
  Rows gather(int group, int threads, float[] values) {
    int[] first = firsts(group);
    ParallelBlocks.run(
        threads,
        counts[group],
        GATHERED,
        blocks -> {
          blocks.forEach(
              (from, count) ->
                  read(group, first, (int) from, count, values, (int) from * dimension));
          return values;
        },
        (one, other) -> one);
    return Rows.of(values, counts[group], dimension);
  }

  /** The first row of a prefix that lies in each piece, and the number of its rows. */
  private int[] firsts(int group) {
    int[] first = new int[pieces.size() + 1];
    for (int p = 0; p < pieces.size(); p++) {
      first[p + 1] = first[p] + pieces.get(p).count(group);
    }
    return first;
  }

  /** Reads rows {@code [from, from + count)} of a prefix to {@code target} from {@code at} on. */
  private void read(int group, int[] first, int from, int count, float[] target, int at) {
    int end = from + count;
    for (int p = 0; p < pieces.size(); p++) {
      int low = Math.max(from, first[p]);
      int high = Math.min(end, first[p + 1]);
      if (low < high) {
        Piece piece = pieces.get(p);
        piece.read(
            (long) piece.starts[group] + low - first[p],
            high - low,
            target,
            at + (low - from) * dimension);
      }
    }
    int[] codes = prefixes.codes(firstPrefix + group);
    for (int l = 0; l < codes.length; l++) {
      float[] codewords = levels.get(l).values();
      int codeword = codes[l] * dimension;
      for (int row = at; row < at + count * dimension; row += dimension) {
        for (int j = 0; j < dimension; j++) {
          target[row + j] -= codewords[codeword + j];
        }
      }
    }
  }

  /** Reads all rows of prefixes {@code [from, to)}, one prefix after another. */
  void read(int from, int to, float[] target) {
    int at = 0;
    for (int group = from; group < to; group++) {
      read(group, firsts(group), 0, counts[group], target, at);
      at += counts[group] * dimension;
    }
  }

  private final class GroupRows implements Rows {
    private final int group;
    private final int[] first;

    GroupRows(int group, int[] first) {
      this.group = group;
      this.first = first;
    }

    @Override
    public long count() {
      return counts[group];
    }

    @Override
    public int dimension() {
      return dimension;
    }

    @Override
    public void read(long from, int count, float[] target) {
      Objects.checkFromIndexSize(from, (long) count, count());
      SortedRows.this.read(group, first, (int) from, count, target, 0);
    }
  }
}
