package io.semanticids.balance;

import io.semanticids.quantize.GatheredRows;
import io.semanticids.quantize.SquaredDistance;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * The cheapest moves between codes, and the sums of one streamed pass: what a repair needs. Merges
 * to the same bytes wherever the rows were cut and in any order.
 *
 * <p>Held for each ordered pair (j, k): the plan's number of rows of j that would move to k at
 * least {@code (cost_k - g_k) - (cost_j - g_j)}, ties by row. Rows of the plan's atoms are counted
 * apart. For each code, a histogram of its other rows' cheapest margins, from which a lower bound
 * follows where the lists are too short for a proof.
 */
public final class Moves {
  private final RepairPlan plan;
  private final PairLists lists;
  private final Atoms atoms;
  private final long[] loads;
  private final long[] seconds;
  private long rows;
  private long dual;
  private long squares;

  /** No rows yet. */
  public Moves(RepairPlan plan) {
    this(
        plan,
        new Atoms(plan.atomCount(), plan.size()),
        new long[plan.size()],
        new long[plan.size() * Margins.BINS]);
  }

  private Moves(RepairPlan plan, Atoms atoms, long[] loads, long[] seconds) {
    this.plan = plan;
    this.lists = new PairLists(plan);
    this.atoms = atoms;
    this.loads = loads;
    this.seconds = seconds;
  }

  /**
   * Streams rows {@code [first, first + codes.length)} under the level's (start) potentials.
   *
   * @param codes receives the code of each row under these potentials
   */
  public static Moves collect(
      Rows rows,
      long first,
      int[] codes,
      BalancedLevel level,
      RepairPlan plan,
      Arithmetic arithmetic,
      Progress progress) {
    int dimension = rows.dimension();
    CostScale squares = level.squares();
    return pass(
        rows,
        first,
        codes.length,
        level,
        plan,
        (collector, firstRow, height, values, scores, least) -> {
          int at = (int) (firstRow - first);
          for (int i = 0; i < height; i++) {
            codes[at + i] = CostKernel.nearest(scores, i * level.size(), least[i]);
            collector.add(
                firstRow + i,
                codes[at + i],
                scores,
                i * level.size(),
                squares.toFixed(SquaredDistance.fromZero(values, i * dimension, dimension)));
          }
        },
        arithmetic,
        progress);
  }

  /**
   * What {@link #collect} collects of the rows that hold a code out of which the plan wants other
   * moves than the attempt before: for {@link #with}.
   *
   * @param codes the code of each row, as the attempt before told them
   */
  public static Moves renew(
      Rows rows,
      long first,
      int[] codes,
      BalancedLevel level,
      RepairPlan plan,
      Arithmetic arithmetic,
      Progress progress) {
    long[] chosen =
        IntStream.range(0, codes.length)
            .filter(i -> plan.renews(codes[i]))
            .mapToLong(i -> first + i)
            .toArray();
    progress.advanced(codes.length - chosen.length);
    return pass(
        new GatheredRows(rows, chosen),
        0,
        chosen.length,
        level,
        plan,
        (collector, from, height, values, scores, least) -> {
          for (int i = 0; i < height; i++) {
            long row = chosen[(int) from + i];
            collector.add(row, codes[(int) (row - first)], scores, i * level.size(), 0);
          }
        },
        arithmetic,
        progress);
  }

  private static Moves pass(
      Rows rows,
      long first,
      long count,
      BalancedLevel level,
      RepairPlan plan,
      BlockPass.Visitor<Collector> visitor,
      Arithmetic arithmetic,
      Progress progress) {
    return BlockPass.run(
            arithmetic,
            rows,
            first,
            count,
            level.codewords(),
            level.scale(),
            level.potentials().toInts(),
            level.batch(),
            () -> new Collector(new Moves(plan), level.potentials()),
            visitor,
            Collector::merge,
            progress)
        .moves;
  }

  /**
   * These moves, but for those out of the codes that {@code renewed} has collected anew. Both share
   * their lists with the result.
   */
  public Moves with(Moves renewed) {
    Moves both = new Moves(renewed.plan, atoms, loads, seconds);
    both.rows = rows;
    both.dual = dual;
    both.squares = squares;
    for (int code = 0; code < plan.size(); code++) {
      both.lists.share(code, renewed.plan.renews(code) ? renewed.lists : lists);
    }
    return both;
  }

  /**
   * Adds the moves of other rows, collected under the same plan and potentials, to these and
   * returns these.
   */
  public Moves merge(Moves other) {
    requireSame(other.plan);
    lists.merge(other.lists);
    atoms.merge(other.atoms);
    for (int k = 0; k < loads.length; k++) {
      loads[k] += other.loads[k];
    }
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] += other.seconds[i];
    }
    rows += other.rows;
    dual += other.dual;
    squares = Math.addExact(squares, other.squares);
    return this;
  }

  private void requireSame(RepairPlan other) {
    if (!plan.sameAs(other)) {
      throw new IllegalArgumentException("Moves of two different plans cannot be merged.");
    }
  }

  /**
   * Rows that each code holds under the start potentials: the argument of {@link Capacities#of}.
   */
  public long[] loads() {
    return loads.clone();
  }

  /** How many rows were seen. */
  public long rows() {
    return rows;
  }

  /** {@code sum_i min_k (cost_ik - g_k)} in integer costs. */
  long dual() {
    return dual;
  }

  /** {@code sum_i |r_i|^2} in units of {@link BalancedLevel#squares()}. */
  long squares() {
    return squares;
  }

  RepairPlan plan() {
    return plan;
  }

  PairLists lists() {
    return lists;
  }

  Atoms atoms() {
    return atoms;
  }

  /** Rows of code j, not of atoms, whose cheapest move lies in this bin. */
  long seconds(int code, int bin) {
    return seconds[code * Margins.BINS + bin];
  }

  /** Writes plan, sums and moves. */
  public void write(DataOutput out) throws IOException {
    plan.write(out);
    out.writeLong(rows);
    out.writeLong(dual);
    out.writeLong(squares);
    try (Packed.Writer packed = new Packed.Writer(out)) {
      packed.writeAll(loads);
      packed.writeAll(seconds);
      lists.write(packed);
      atoms.write(packed);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Moves read(DataInput in) throws IOException {
    Moves read = new Moves(RepairPlan.read(in));
    read.add(in);
    return read;
  }

  /** Merges what {@link #write} wrote, as {@link #merge} does, and returns these moves. */
  public Moves mergeRead(DataInput in) throws IOException {
    requireSame(RepairPlan.read(in));
    add(in);
    return this;
  }

  private void add(DataInput in) throws IOException {
    rows += in.readLong();
    dual += in.readLong();
    squares = Math.addExact(squares, in.readLong());
    Packed.Reader packed = new Packed.Reader(in);
    packed.addAll(loads);
    packed.addAll(seconds);
    lists.merge(packed);
    atoms.merge(Atoms.read(packed, plan.atomCount(), plan.size()));
  }

  /** Adds rows to moves. Owned by one thread. */
  static final class Collector {
    final Moves moves;
    private final int[] potentials;
    private final int[] others;
    private final int[] over;

    Collector(Moves moves, Potentials potentials) {
      this.moves = moves;
      this.potentials = potentials.toInts();
      this.others = new int[this.potentials.length];
      this.over = new int[this.potentials.length];
    }

    Collector merge(Collector other) {
      moves.merge(other.moves);
      return this;
    }

    /** Adds a row whose scores begin at {@code scores[from]} and whose code is {@code best}. */
    void add(long row, int best, int[] scores, int from, long square) {
      int size = potentials.length;
      int min = scores[from + best];
      moves.rows++;
      moves.loads[best]++;
      moves.dual += min;
      moves.squares += square;
      int atom = moves.plan.atom(scores, from, potentials);
      if (atom >= 0) {
        moves.atoms.add(atom, row, best, scores, from);
        return;
      }
      if (size == 1) {
        return;
      }
      System.arraycopy(scores, from, others, 0, size);
      others[best] = Integer.MAX_VALUE;
      int cheapest = Least.min(others, 0, size) - min;
      moves.seconds[best * Margins.BINS + Margins.bin(cheapest)]++;
      if (cheapest <= moves.lists.mostOf(best)) {
        others[best] = min;
        offer(row, best, min);
      }
    }

    /** Offers the row's moves to {@code others}; its own code has a limit below 0. */
    private void offer(long row, int best, int min) {
      PairLists lists = moves.lists;
      Least.over(others, min, lists.limits(best), over);
      int size = over.length;
      int k = 0;
      for (; k <= size - 8; k += 8) {
        int above =
            (over[k] + over[k + 1] + over[k + 2] + over[k + 3])
                + (over[k + 4] + over[k + 5] + over[k + 6] + over[k + 7]);
        if (above < 8) {
          offer(row, best, min, k, k + 8);
        }
      }
      offer(row, best, min, k, size);
    }

    private void offer(long row, int best, int min, int from, int to) {
      for (int k = from; k < to; k++) {
        if (over[k] == 0) {
          moves.lists.offer(best, k, others[k] - min, row);
        }
      }
    }
  }
}
