package io.semanticids.quantize;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Greedy k-means++ (Arthur and Vassilvitskii, 2007): candidates are rows drawn with a probability
 * proportional to their squared distance from the nearest centroid so far, and the one that leaves
 * the least sum of distances becomes a centroid. Of {@value #DRAWN} that are drawn together one or
 * more are taken, each time with all others measured against it; or all of them, but equal ones
 * once.
 *
 * <p>Distances are integer costs of a kernel whose codewords are the rows and whose rows are the
 * candidates, plus the candidate's square. Where so little is left that rounding could matter, they
 * are computed again from the differences, rounded up: rows equal to a centroid have distance 0,
 * all others at least 1.
 */
final class Seeding implements AutoCloseable {
  /** The height of a kernel's block that is not padded. */
  private static final int DRAWN = 16;

  private static final int TILE = 4_096;

  /** Of about 2^27, the distance of opposite rows: float32 products are off by some hundred. */
  static final int ROUGH = 1 << 12;

  private final int count;
  private final int dimension;
  private final CostScale scale;
  private final int threads;
  private final List<Tile> tiles = new ArrayList<>();

  /** Distance of each row from its nearest centroid so far, and their sums by tile. */
  private final int[] nearest;

  private final long[] tileSums;

  /** Distances of the rows from the candidates. */
  private final int[][] distances = new int[DRAWN][];

  /** Rows of the sample with their kernel, used by one thread at a time. */
  private record Tile(float[] values, int[] costs, int[] least, CostKernel kernel) {}

  private Seeding(Rows rows, double maxNorm, int threads) {
    this.count = Math.toIntExact(rows.count());
    this.dimension = rows.dimension();
    this.threads = threads;
    this.nearest = new int[count];
    Arrays.fill(nearest, Integer.MAX_VALUE);
    Arrays.setAll(distances, c -> new int[count]);
    this.tileSums = new long[(count + TILE - 1) / TILE];
    this.scale = scale(maxNorm, dimension);
  }

  /** Of codewords as long as any row, so that all kernels count alike. */
  static CostScale scale(double maxNorm, int dimension) {
    float[] longest = new float[dimension];
    longest[0] = (float) maxNorm;
    return CostScale.of(maxNorm, new Codewords(longest, 1, dimension));
  }

  private void open(Rows rows, Arithmetic math) {
    for (int first = 0; first < count; first += TILE) {
      int length = Math.min(TILE, count - first);
      float[] values = new float[length * dimension];
      rows.read(first, length, values);
      tiles.add(
          new Tile(
              values,
              new int[DRAWN * length],
              new int[DRAWN],
              math.costs(new Codewords(values, length, dimension), scale, DRAWN)));
    }
  }

  /**
   * Rows of {@code rows} as codewords: different rows as long as there are any, then these again.
   *
   * @param trials candidates a centroid is chosen from, about: at most {@value #DRAWN}
   */
  static Codewords of(
      Rows rows,
      double maxNorm,
      int size,
      int trials,
      long seed,
      Arithmetic math,
      Progress progress) {
    try (Seeding seeding = new Seeding(rows, maxNorm, math.threads())) {
      seeding.open(rows, math);
      return seeding.choose(size, Math.max(1, DRAWN / trials), new SplitMix(seed), progress);
    }
  }

  /**
   * @param taken how many of the candidates that are drawn together become centroids
   */
  private Codewords choose(int size, int taken, SplitMix random, Progress progress) {
    float[] chosen = new float[Math.multiplyExact(size, dimension)];
    int found = 0;
    int[] candidates = {(int) random.below(count)};
    while (true) {
      measure(candidates);
      progress.advanced(count);
      int most = Math.min(size - found, taken);
      int[] centroids = most < candidates.length ? best(candidates, most) : different(candidates);
      for (int c : centroids) {
        copy(candidates[c], chosen, found++);
      }
      long total = Arrays.stream(tileSums).sum();
      if (found == size || total == 0) {
        break;
      }
      candidates = new int[DRAWN];
      for (int c = 0; c < candidates.length; c++) {
        candidates[c] = draw(random.below(total));
      }
    }
    for (int k = found; k < size; k++) {
      System.arraycopy(chosen, (k % found) * dimension, chosen, k * dimension, dimension);
    }
    return new Codewords(chosen, size, dimension);
  }

  /** Fills {@link #distances} with the distances of all rows from these. */
  private void measure(int[] candidates) {
    float[] block = new float[DRAWN * dimension];
    long[] squares = new long[candidates.length];
    for (int c = 0; c < candidates.length; c++) {
      copy(candidates[c], block, c);
      squares[c] = scale.toFixed(SquaredDistance.fromZero(block, c * dimension, dimension));
    }
    eachTile(
        (start, length) -> {
          Tile tile = tiles.get((int) (start / TILE));
          tile.kernel.costs(block, candidates.length, tile.costs, tile.least);
          for (int c = 0; c < candidates.length; c++) {
            distances(tile, (int) start, length, c, squares[c], block);
          }
        });
  }

  private void eachTile(ParallelBlocks.Block work) {
    ParallelBlocks.run(
        threads,
        count,
        TILE,
        blocks -> {
          blocks.forEach(work);
          return tiles;
        },
        (one, other) -> one);
  }

  private void distances(
      Tile tile, int start, int length, int candidate, long square, float[] block) {
    int[] to = distances[candidate];
    for (int i = 0; i < length; i++) {
      int distance = (int) (tile.costs[candidate * length + i] + square);
      to[start + i] =
          distance > ROUGH
              ? distance
              : exact(tile.values, i * dimension, block, candidate * dimension, dimension, scale);
    }
  }

  /** A small distance from the differences, rounded up. */
  static int exact(
      float[] values, int at, float[] others, int from, int dimension, CostScale scale) {
    double sum = SquaredDistance.of(values, at, others, from, dimension);
    return (int) Math.min(ROUGH, Math.ceil(sum * scale.factor()));
  }

  private void copy(int row, float[] rows, int to) {
    float[] values = tiles.get(row / TILE).values;
    System.arraycopy(values, row % TILE * dimension, rows, to * dimension, dimension);
  }

  /**
   * Makes up to {@code most} of the candidates centroids, one after the other those that leave the
   * least sum of distances; none that equals a centroid.
   */
  private int[] best(int[] candidates, int most) {
    int[] taken = new int[most];
    for (int found = 0; found < most; found++) {
      int best = best(candidates.length);
      if (nearest[candidates[best]] == 0) {
        return Arrays.copyOf(taken, found);
      }
      taken[found] = best;
      take(best);
    }
    return taken;
  }

  /** Makes all candidates centroids, those that are equal once. */
  private int[] different(int[] candidates) {
    int[] taken =
        IntStream.range(0, candidates.length)
            .filter(
                c ->
                    IntStream.range(0, c)
                        .noneMatch(before -> distances[before][candidates[c]] == 0))
            .toArray();
    take(taken);
    return taken;
  }

  /** The candidate that leaves the least sum of distances; ties to the first. */
  private int best(int candidates) {
    long[] sums =
        ParallelBlocks.run(
            threads,
            count,
            TILE,
            blocks -> {
              long[] gathered = new long[candidates];
              blocks.forEach(
                  (start, length) -> {
                    for (int c = 0; c < candidates; c++) {
                      gathered[c] += left(distances[c], (int) start, length);
                    }
                  });
              return gathered;
            },
            Seeding::add);
    int best = 0;
    for (int c = 1; c < candidates; c++) {
      if (sums[c] < sums[best]) {
        best = c;
      }
    }
    return best;
  }

  private long left(int[] candidate, int start, int length) {
    long sum = 0;
    for (int i = start; i < start + length; i++) {
      sum += Math.min(candidate[i], nearest[i]);
    }
    return sum;
  }

  /** Makes candidates centroids. */
  private void take(int... candidates) {
    eachTile(
        (start, length) -> {
          int from = (int) start;
          for (int c : candidates) {
            lower(distances[c], from, length);
          }
          tileSums[from / TILE] = Arrays.stream(nearest, from, from + length).asLongStream().sum();
        });
  }

  private void lower(int[] candidate, int start, int length) {
    for (int i = start; i < start + length; i++) {
      nearest[i] = Math.min(nearest[i], candidate[i]);
    }
  }

  /** The row in whose share of the distances {@code at} lies. */
  private int draw(long at) {
    int tile = 0;
    while (at >= tileSums[tile]) {
      at -= tileSums[tile++];
    }
    int row = tile * TILE;
    while (at >= nearest[row]) {
      at -= nearest[row++];
    }
    return row;
  }

  private static long[] add(long[] a, long[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
    return a;
  }

  @Override
  public void close() {
    tiles.forEach(tile -> tile.kernel.close());
  }
}
