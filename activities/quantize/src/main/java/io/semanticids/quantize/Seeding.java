package io.semanticids.quantize;

import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;

/**
 * Greedy k-means++ (Arthur and Vassilvitskii, 2007): each next centroid is the best of a few rows
 * drawn with a probability proportional to their squared distance from the nearest centroid so far.
 *
 * <p>Distances are float32 sums in the order of the dimensions, then rounded up to integers: rows
 * equal to a centroid have distance 0, all others at least 1, and sums are exact.
 */
final class Seeding {
  /** Rows of a tile, {@code dimension x row}: the sums of its rows vectorise. */
  private static final int TILE = 256;

  private static final int DISTANCE_BITS = 30;

  private final int count;
  private final int dimension;
  private final double factor;
  private final int threads;
  private final float[][][] tiles;

  /** Distance of each row from its nearest centroid so far, in integers, and their sums by tile. */
  private final int[] nearest;

  private final long[] tileSums;

  /** Distances of the rows from the candidates. */
  private final int[][] distances;

  private Seeding(Rows rows, double maxNorm, int trials, int threads) {
    this.count = Math.toIntExact(rows.count());
    this.dimension = rows.dimension();
    this.factor = FixedPoint.factor(4 * maxNorm * maxNorm, DISTANCE_BITS);
    this.threads = threads;
    this.tiles = new float[(count + TILE - 1) / TILE][][];
    this.nearest = new int[count];
    this.tileSums = new long[tiles.length];
    this.distances = new int[trials][count];
    float[] block = new float[TILE * dimension];
    for (int t = 0; t < tiles.length; t++) {
      int length = Math.min(TILE, count - t * TILE);
      rows.read((long) t * TILE, length, block);
      tiles[t] = transpose(block, length);
    }
  }

  private float[][] transpose(float[] block, int length) {
    float[][] tile = new float[dimension][TILE];
    for (int i = 0; i < length; i++) {
      for (int j = 0; j < dimension; j++) {
        tile[j][i] = block[i * dimension + j];
      }
    }
    return tile;
  }

  /**
   * Rows of {@code rows} as codewords: different rows as long as there are any, then these again.
   *
   * @param trials candidates a centroid is chosen from
   */
  static Codewords of(
      Rows rows, double maxNorm, int size, int trials, long seed, int threads, Progress progress) {
    return new Seeding(rows, maxNorm, trials, threads).choose(size, new SplitMix(seed), progress);
  }

  private Codewords choose(int size, SplitMix random, Progress progress) {
    float[] chosen = new float[Math.multiplyExact(size, dimension)];
    Arrays.fill(nearest, Integer.MAX_VALUE);
    int found = 0;
    int[] candidates = {(int) random.below(count)};
    while (true) {
      int best = candidates[accept(candidates)];
      copy(best, chosen, found++);
      progress.advanced(count);
      long total = Arrays.stream(tileSums).sum();
      if (found == size || total == 0) {
        break;
      }
      candidates = new int[distances.length];
      for (int c = 0; c < candidates.length; c++) {
        candidates[c] = draw(random.below(total));
      }
    }
    for (int k = found; k < size; k++) {
      System.arraycopy(chosen, (k % found) * dimension, chosen, k * dimension, dimension);
    }
    return new Codewords(chosen, size, dimension);
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

  private void copy(int row, float[] chosen, int to) {
    for (int j = 0; j < dimension; j++) {
      chosen[to * dimension + j] = value(row, j);
    }
  }

  private float value(int row, int j) {
    return tiles[row / TILE][j][row % TILE];
  }

  /**
   * The index of the candidate that leaves the least sum of distances, which becomes a centroid.
   */
  private int accept(int[] candidates) {
    long[] totals =
        ParallelBlocks.run(
            threads,
            count,
            4 * TILE,
            blocks -> {
              long[] sums = new long[candidates.length];
              float[] squares = new float[TILE];
              blocks.forEach(
                  (start, length) -> measure(candidates, (int) start, length, squares, sums));
              return sums;
            },
            Seeding::add);
    int best = 0;
    for (int c = 1; c < candidates.length; c++) {
      if (totals[c] < totals[best]) {
        best = c;
      }
    }
    int[] least = distances[best];
    for (int t = 0; t < tiles.length; t++) {
      long sum = 0;
      for (int i = t * TILE; i < Math.min(count, (t + 1) * TILE); i++) {
        nearest[i] = Math.min(nearest[i], least[i]);
        sum += nearest[i];
      }
      tileSums[t] = sum;
    }
    return best;
  }

  private void measure(int[] candidates, int start, int length, float[] squares, long[] sums) {
    for (int first = start; first < start + length; first += TILE) {
      int end = Math.min(start + length, first + TILE);
      for (int c = 0; c < candidates.length; c++) {
        squares(tiles[first / TILE], candidates[c], squares);
        int[] to = distances[c];
        long sum = 0;
        for (int i = first; i < end; i++) {
          to[i] = (int) Math.ceil(squares[i - first] * factor);
          sum += Math.min(to[i], nearest[i]);
        }
        sums[c] += sum;
      }
    }
  }

  private void squares(float[][] tile, int candidate, float[] squares) {
    Arrays.fill(squares, 0f);
    for (int j = 0; j < dimension; j++) {
      addSquares(tile[j], value(candidate, j), squares);
    }
  }

  /** All arrays are read from index 0: with another offset Java 17 does not vectorise. */
  private static void addSquares(float[] values, float value, float[] squares) {
    for (int i = 0; i < TILE; i++) {
      float difference = values[i] - value;
      squares[i] += difference * difference;
    }
  }

  private static long[] add(long[] a, long[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
    return a;
  }
}
