package io.semanticids.balance;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sums of one streamed pass over a range of rows: what a Newton step needs.
 *
 * <p>With {@code P_ik = exp(-(cost_ik - g_k) / tau) / Z_i}: soft loads {@code sum_i P_ik} in units
 * of 2^-24 and {@code sum_i P_ij P_ik} in units of 2^-32, of the large entries alone (2^-12 and
 * more; 2^-7 where a row has many: leaving out the others only adds damping, what is left is still
 * positive semi-definite). All sums are integers, so they merge in any order to the same.
 */
public final class SoftLoads {
  static final double SOFT_UNIT = 1 << 24;
  static final double PAIR_UNIT = 1L << 32;
  private static final long ENOUGH = 1 << 22;
  private static final long ENOUGH_A_CODE = 1 << 14;
  private static final int BLOCK = 1_024;
  private static final int FEW = 32;
  private static final int PAIR_FLOOR_OF_FEW = 1 << 12;
  private static final int PAIR_FLOOR_OF_MANY = 1 << 17;

  private final int size;
  private final long[] soft;
  private final long[] pairs;
  private long rows;
  private long smooth;

  SoftLoads(int size) {
    this.size = size;
    this.soft = new long[size];
    this.pairs = new long[size * (size + 1) / 2];
  }

  /**
   * The rows that a streamed Newton step reads, of the first {@code count}: all, or every few
   * blocks of them where they are so many that a part tells the loads to a fraction of a per cent.
   * What is left is the repair's.
   */
  public static StridedRows rows(Rows rows, long count, int size) {
    return new StridedRows(rows, count, BLOCK, stride(count, size));
  }

  /** About how many rows that are. */
  public static long chosen(long count, int size) {
    return count / stride(count, size);
  }

  private static int stride(long count, int size) {
    long enough = Math.max(ENOUGH, ENOUGH_A_CODE * size);
    return (int) Math.max(1, count / enough);
  }

  /** Streams rows {@code [first, first + count)} under the level's potentials and tau. */
  public static SoftLoads collect(
      Rows rows,
      long first,
      long count,
      BalancedLevel level,
      Arithmetic arithmetic,
      Progress progress) {
    int size = level.size();
    return BlockPass.run(
            arithmetic,
            rows,
            first,
            count,
            level.codewords(),
            level.scale(),
            level.potentials().toInts(),
            level.batch(),
            () -> new Collector(new SoftLoads(size), level.fixedTau()),
            (collector, firstRow, height, values, scores, least) -> {
              for (int i = 0; i < height; i++) {
                collector.add(scores, i * size, least[i]);
              }
            },
            Collector::merge,
            progress)
        .sums;
  }

  /** Adds the sums of other rows to these and returns these. */
  public SoftLoads merge(SoftLoads other) {
    if (other.size != size) {
      throw new IllegalArgumentException(
          "Sums over %d codes and over %d cannot be merged.".formatted(size, other.size));
    }
    add(soft, other.soft);
    add(pairs, other.pairs);
    rows += other.rows;
    smooth += other.smooth;
    return this;
  }

  /** How many rows were seen. */
  public long rows() {
    return rows;
  }

  /**
   * The share of the rows that each code draws softly; they sum to 1. All 0 when there were no
   * rows.
   */
  public double[] shares() {
    double[] shares = new double[size];
    for (int k = 0; k < size; k++) {
      shares[k] = soft[k] / SOFT_UNIT / Math.max(1, rows);
    }
    return shares;
  }

  /** {@code sum_i min_k (cost_ik - g_k)}, smoothed, in integer costs. */
  long smooth() {
    return smooth;
  }

  /** The mean of {@code P_j P_k}. */
  double pair(int j, int k) {
    int high = Math.max(j, k);
    return pairs[high * (high + 1) / 2 + Math.min(j, k)] / PAIR_UNIT / Math.max(1, rows);
  }

  int size() {
    return size;
  }

  /** Writes the sums. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(size);
    out.writeLong(rows);
    out.writeLong(smooth);
    try (Packed.Writer packed = new Packed.Writer(out)) {
      packed.writeAll(soft);
      packed.writeAll(pairs);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static SoftLoads read(DataInput in) throws IOException {
    SoftLoads sums = new SoftLoads(in.readInt());
    sums.rows = in.readLong();
    sums.smooth = in.readLong();
    Packed.Reader packed = new Packed.Reader(in);
    packed.readAll(sums.soft);
    packed.readAll(sums.pairs);
    return sums;
  }

  private static void add(long[] sum, long[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  /** Adds rows to sums. Owned by one thread. */
  static final class Collector {
    final SoftLoads sums;
    private final Exponentials exponentials;
    private final double tau;
    private final int limit;
    private final int[] index;
    private final double[] weight;
    private final long[] quantum;

    Collector(SoftLoads sums, double fixedTau) {
      this.sums = sums;
      this.tau = fixedTau;
      this.exponentials = new Exponentials(fixedTau);
      this.limit = exponentials.limit();
      this.index = new int[sums.size];
      this.weight = new double[sums.size];
      this.quantum = new long[sums.size];
    }

    Collector merge(Collector other) {
      sums.merge(other.sums);
      return this;
    }

    /** Adds one row's scores, which begin at {@code scores[from]}. */
    void add(int[] scores, int from, int min) {
      int near = 0;
      int bound = min + limit;
      for (int k = 0; k < sums.size; k++) {
        if (scores[from + k] <= bound) {
          index[near++] = k;
        }
      }
      sums.rows++;
      if (near == 1) {
        int best = index[0];
        sums.smooth += min;
        sums.soft[best] += 1 << 24;
        sums.pairs[best * (best + 1) / 2 + best] += 1L << 32;
        return;
      }
      double total = 0;
      for (int t = 0; t < near; t++) {
        weight[t] = exponentials.of(scores[from + index[t]] - min);
        total += weight[t];
      }
      sums.smooth += min - (long) Math.rint(tau * StrictMath.log(total));
      double unit = SOFT_UNIT / total;
      int floor = near <= FEW ? PAIR_FLOOR_OF_FEW : PAIR_FLOOR_OF_MANY;
      int heavy = 0;
      for (int t = 0; t < near; t++) {
        long share = (long) (weight[t] * unit + 0.5);
        sums.soft[index[t]] += share;
        if (share >= floor) {
          index[heavy] = index[t];
          quantum[heavy++] = share;
        }
      }
      for (int t = 0; t < heavy; t++) {
        int row = index[t] * (index[t] + 1) / 2;
        long share = quantum[t];
        for (int u = 0; u <= t; u++) {
          sums.pairs[row + index[u]] += (share * quantum[u]) >> 16;
        }
      }
    }
  }
}
