package io.semanticids.quantize;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Lloyd rounds that also move codewords from where they are of little use to where there are too
 * few, which Lloyd rounds alone never do: a local search by swaps (Kanungo and others, 2004) with
 * candidates drawn as k-means++ draws its own (Lattanzi and Sohler, 2019), many swaps a round.
 *
 * <p>Candidates are rows, drawn with a probability proportional to the squared distance {@code d1}
 * from the nearest codeword, and by turns places a quarter of the way to them from that codeword: a
 * row founds a cluster of its own, a place near the codeword splits a cloud in which rows lie far
 * from each other. With {@code d2} the distance from the second nearest codeword, a code is missed
 * by {@code sum (d2 - d1)} over its rows, and a candidate c gains {@code sum max(0, d1 - |r -
 * c|^2)} over all rows but the one it was made of, which would make every lonely row a cluster. The
 * candidates that gain most replace the codewords that are missed least, as long as {@value #WORTH}
 * times the one is more than the other. All other codewords become the means of their rows.
 *
 * <p>In one round no two candidates come from the same cluster, and no code is given up to which a
 * candidate's row belongs or to which the rows of another that is given up go.
 *
 * <p>Distances are integer costs of one scale plus the row's square, so the result does not depend
 * on threads. Where rounding could matter they are computed again as in {@link Seeding}: rows that
 * equal their codeword are not drawn.
 */
final class Swaps {
  /** Candidates of a round. */
  private static final int CANDIDATES = 256;

  /** How far towards its row every second candidate lies. */
  private static final double SHORT = 0.25;

  /**
   * What a candidate gains counts so many times: it is measured where the candidate lies, and grows
   * as soon as it becomes the mean of the rows that it takes.
   */
  private static final int WORTH = 2;

  /** Rows a thread takes at a time: a pass over a part should keep all of them busy. */
  private static final int HEIGHT = 1_024;

  private static final int NONE = -1;

  private final Rows rows;
  private final int count;
  private final int dimension;
  private final double maxNorm;
  private final CostScale scale;
  private final SplitMix random;
  private final Arithmetic math;
  private final Progress progress;

  /** Of each row: the nearest codeword and the one after it, and the distance from the nearest. */
  private final int[] codes;

  private final int[] seconds;
  private final int[] distances;

  /** By code, of all rows. */
  private final ExactSums sums;

  /** {@code |r|^2} of each row, in the fixed point. */
  private final int[] squares;

  private Swaps(
      Rows rows, double maxNorm, int size, long seed, Arithmetic math, Progress progress) {
    this.rows = rows;
    this.count = Math.toIntExact(rows.count());
    this.dimension = rows.dimension();
    this.maxNorm = maxNorm;
    this.scale = Seeding.scale(maxNorm, dimension);
    this.random = new SplitMix(seed);
    this.math = math;
    this.progress = progress;
    this.codes = new int[count];
    this.seconds = new int[count];
    this.distances = new int[count];
    this.squares = new int[count];
    this.sums = new ExactSums(size, dimension, maxNorm);
    Arrays.fill(squares, NONE);
    Arrays.fill(codes, NONE);
  }

  /**
   * Better codewords for these rows; the same ones if no row has any distance from its own.
   *
   * @param maxNorm no row and no codeword is longer, but for rounding
   * @param rounds of Lloyd; the first without swaps
   */
  static Codewords improve(
      Codewords start,
      Rows rows,
      double maxNorm,
      int rounds,
      long seed,
      Arithmetic math,
      Progress progress) {
    Swaps swaps = new Swaps(rows, maxNorm, start.size(), seed, math, progress);
    Codewords codewords = start;
    Candidates candidates = new Candidates(new int[0], new float[0]);
    for (int round = 0; round < rounds; round++) {
      Gathered gathered = swaps.pass(codewords, candidates);
      if (gathered.distance == 0) {
        return codewords;
      }
      swaps.sums.merge(gathered.sums);
      codewords = swaps.swap(gathered, candidates, swaps.sums.means(codewords));
      if (start.size() > 1) {
        int most = Math.min(CANDIDATES, start.size());
        candidates = swaps.candidates(swaps.draw(most, gathered.distance), codewords);
      }
    }
    return codewords;
  }

  /** Places for codewords, {@code count x dimension}, with the row that each was made of. */
  private record Candidates(int[] rows, float[] values) {
    Codewords behind(Codewords codewords) {
      float[] all = Arrays.copyOf(codewords.values(), codewords.values().length + values.length);
      System.arraycopy(values, 0, all, codewords.values().length, values.length);
      return new Codewords(all, codewords.size() + rows.length, codewords.dimension());
    }
  }

  /** How far towards its row a candidate lies. */
  private static double share(int candidate) {
    return candidate % 2 == 0 ? 1 : SHORT;
  }

  /** What one thread gathers in one round. */
  private static final class Gathered {
    /** How the sums by code change. */
    final ExactSums sums;

    /** By code: what its rows would lose without it. */
    final long[] losses;

    /** By candidate: what all rows would gain with it. */
    final Gains gains;

    long distance;

    Gathered(ExactSums sums, int size, int candidates) {
      this.sums = sums;
      this.losses = new long[size];
      this.gains = new Gains(candidates);
    }

    Gathered merge(Gathered other) {
      sums.merge(other.sums);
      for (int k = 0; k < losses.length; k++) {
        losses[k] += other.losses[k];
      }
      gains.merge(other.gains);
      distance += other.distance;
      return this;
    }
  }

  /**
   * Sums by candidate. Those of a block are kept as two ints, of the low and of the high half of
   * what is added: the compiler adds many ints at once, not longs.
   */
  private static final class Gains {
    final long[] sums;
    private final int[] costs;
    private final int[] low;
    private final int[] high;

    Gains(int candidates) {
      this.sums = new long[candidates];
      this.costs = new int[candidates];
      this.low = new int[candidates];
      this.high = new int[candidates];
    }

    /** Adds {@code max(0, least - costs[at + c])}: up to 2^15 rows before they are settled. */
    void add(int[] all, int at, int least) {
      System.arraycopy(all, at, costs, 0, costs.length);
      for (int c = 0; c < costs.length; c++) {
        int less = least - costs[c];
        int gain = less & ~(less >> 31);
        low[c] += gain & 0xFFFF;
        high[c] += gain >>> 16;
      }
    }

    void settle() {
      for (int c = 0; c < sums.length; c++) {
        sums[c] += ((long) high[c] << 16) + low[c];
      }
      Arrays.fill(low, 0);
      Arrays.fill(high, 0);
    }

    void merge(Gains other) {
      for (int c = 0; c < sums.length; c++) {
        sums[c] += other.sums[c];
      }
    }
  }

  /** One pass against codewords and candidates together. */
  private Gathered pass(Codewords codewords, Candidates candidates) {
    int size = codewords.size();
    Codewords all = candidates.behind(codewords);
    return BlockPass.run(
        math,
        rows,
        0,
        count,
        all,
        scale,
        HEIGHT,
        () -> new Gathered(new ExactSums(size, dimension, maxNorm), size, candidates.rows.length),
        (gathered, first, length, values, costs, leastOfAll) -> {
          for (int i = 0; i < length; i++) {
            int row = (int) first + i;
            int before = codes[row];
            int least = nearest(costs, i * all.size(), size, row, gathered.losses);
            gathered.gains.add(costs, i * all.size() + size, least);
            if (before == NONE) {
              gathered.sums.add(codes[row], values, i * dimension);
            } else if (before != codes[row]) {
              gathered.sums.move(before, codes[row], values, i * dimension);
            }
            distances[row] = distance(row, least, values, i * dimension, codewords);
            gathered.distance += distances[row];
          }
          gathered.gains.settle();
        },
        Gathered::merge,
        progress);
  }

  /** Notes the two nearest codes of a row; the least cost comes back. */
  private int nearest(int[] costs, int at, int size, int row, long[] losses) {
    int best = 0;
    int second = 0;
    int least = costs[at];
    int next = Integer.MAX_VALUE;
    for (int k = 1; k < size; k++) {
      int cost = costs[at + k];
      if (cost < next) {
        if (cost < least) {
          next = least;
          second = best;
          least = cost;
          best = k;
        } else {
          next = cost;
          second = k;
        }
      }
    }
    codes[row] = best;
    seconds[row] = second;
    losses[best] += (long) next - least;
    return least;
  }

  private int distance(int row, int least, float[] values, int at, Codewords codewords) {
    if (squares[row] == NONE) {
      squares[row] = (int) scale.toFixed(SquaredDistance.fromZero(values, at, dimension));
    }
    int distance = least + squares[row];
    return distance > Seeding.ROUGH
        ? distance
        : Seeding.exact(values, at, codewords.values(), codes[row] * dimension, dimension, scale);
  }

  /** The means, with those that are given up replaced by candidates. */
  private Codewords swap(Gathered gathered, Candidates candidates, Codewords means) {
    long[] losses = gathered.losses;
    long[] gains = gathered.gains.sums;
    for (int c = 0; c < gains.length; c++) {
      double left = 1 - share(c);
      gains[c] -= (long) Math.rint((1 - left * left) * distances[candidates.rows[c]]);
    }
    Integer[] missedLeast = ascending(losses);
    Integer[] gainMost = ascending(Arrays.stream(gains).map(gain -> -gain).toArray());
    CodeMembers members = new CodeMembers(codes, losses.length);
    boolean[] split = new boolean[losses.length];
    boolean[] kept = new boolean[losses.length];
    boolean[] gone = new boolean[losses.length];
    float[] values = means.values().clone();
    int next = 0;
    for (int c : gainMost) {
      int home = codes[candidates.rows[c]];
      if (split[home] || gone[home]) {
        continue;
      }
      kept[home] = true;
      while (next < losses.length && !removable(missedLeast[next], members, kept, gone)) {
        next++;
      }
      if (next == losses.length || WORTH * gains[c] <= losses[missedLeast[next]]) {
        break;
      }
      int code = missedLeast[next++];
      split[home] = true;
      gone[code] = true;
      members.of(code).forEach(i -> kept[seconds[i]] = true);
      System.arraycopy(candidates.values, c * dimension, values, code * dimension, dimension);
    }
    return new Codewords(values, means.size(), dimension);
  }

  private boolean removable(int code, CodeMembers members, boolean[] kept, boolean[] gone) {
    return !kept[code] && members.of(code).noneMatch(i -> gone[seconds[i]]);
  }

  /** Indices by value, ties by index. */
  private static Integer[] ascending(long[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingLong(i -> values[i]));
    return order;
  }

  /** The rows themselves, and by turns places on the way to them from their codewords. */
  private Candidates candidates(int[] drawn, Codewords codewords) {
    float[] values = new float[drawn.length * dimension];
    float[] row = new float[dimension];
    for (int c = 0; c < drawn.length; c++) {
      rows.read(drawn[c], 1, row);
      int from = codes[drawn[c]] * dimension;
      for (int j = 0; j < dimension; j++) {
        float home = codewords.values()[from + j];
        values[c * dimension + j] =
            share(c) == 1 ? row[j] : (float) (home + share(c) * ((double) row[j] - home));
      }
    }
    return new Candidates(drawn, values);
  }

  /** Rows, each with a probability proportional to its distance; none twice. */
  private int[] draw(int most, long total) {
    long[] at = new long[most];
    Arrays.setAll(at, c -> random.below(total));
    Arrays.sort(at);
    int[] drawn = new int[most];
    int found = 0;
    int row = -1;
    long end = 0;
    for (long place : at) {
      if (place < end) {
        continue;
      }
      while (place >= end) {
        end += distances[++row];
      }
      drawn[found++] = row;
    }
    return Arrays.copyOf(drawn, found);
  }
}
