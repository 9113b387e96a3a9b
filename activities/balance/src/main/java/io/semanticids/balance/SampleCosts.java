package io.semanticids.balance;

import io.semanticids.quantize.ExactSums;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * Passes over the same rows and codewords again and again: costs are computed once and kept in
 * memory, up to 256 MB of them; above, each pass computes them anew.
 */
final class SampleCosts {
  static final long KEPT = 1L << 26;

  /** Rows a thread takes at a time: a pass over a part of a sample should keep all of them busy. */
  private static final int HEIGHT = 1_024;

  private final Rows rows;
  private final Codewords codewords;
  private final CostScale scale;
  private final Arithmetic arithmetic;
  private final Progress progress;
  private final int[][] blocks;
  private final long keptSum;

  /** What is done with one row, whose scores are {@code scores[from .. from + K)}. */
  @FunctionalInterface
  interface Visitor<A> {
    void row(A accumulator, long row, int[] scores, int from, int least);
  }

  SampleCosts(
      Rows rows, Codewords codewords, CostScale scale, Arithmetic arithmetic, Progress progress) {
    this.rows = rows;
    this.codewords = codewords;
    this.scale = scale;
    this.arithmetic = arithmetic;
    this.progress = progress;
    this.blocks = kept(rows, codewords) ? keep() : new int[0][];
    this.keptSum = blocks.length == 0 ? 0 : compute();
  }

  /** Whether the rows are read once, and their costs kept. */
  static boolean kept(Rows rows, Codewords codewords) {
    return rows.count() * codewords.size() <= KEPT;
  }

  Rows rows() {
    return rows;
  }

  CostScale scale() {
    return scale;
  }

  int size() {
    return codewords.size();
  }

  long count() {
    return rows.count();
  }

  /** One pass under these potentials. Accumulators are merged in no particular order. */
  <A> A run(
      Potentials potentials,
      Supplier<A> accumulators,
      Visitor<A> visitor,
      BinaryOperator<A> merge) {
    return run(potentials, 1, accumulators, visitor, merge);
  }

  /**
   * One pass over every {@code stride}-th block; the visitor's row is wrong for other strides than
   * 1.
   */
  private <A> A run(
      Potentials potentials,
      int stride,
      Supplier<A> accumulators,
      Visitor<A> visitor,
      BinaryOperator<A> merge) {
    int[] less = potentials.toInts();
    if (blocks.length == 0) {
      Rows some = stride == 1 ? rows : new StridedRows(rows, rows.count(), HEIGHT, stride);
      return BlockPass.run(
          arithmetic,
          some,
          0,
          some.count(),
          codewords,
          scale,
          less,
          HEIGHT,
          accumulators,
          (accumulator, first, count, values, scores, least) -> {
            for (int i = 0; i < count; i++) {
              visitor.row(accumulator, first + i, scores, i * size(), least[i]);
            }
          },
          merge,
          progress);
    }
    return ParallelBlocks.run(
        arithmetic.threads(),
        blocks.length,
        stride,
        share -> {
          A accumulator = accumulators.get();
          int[] scores = new int[size()];
          share.forEach(
              (start, length) -> {
                int[] block = blocks[(int) start];
                int count = block.length / size();
                for (int i = 0; i < count; i++) {
                  Least.scores(block, i * size(), less, scores);
                  int least = Least.min(scores, 0, scores.length);
                  visitor.row(accumulator, start * HEIGHT + i, scores, 0, least);
                }
                progress.advanced(count);
              });
          return accumulator;
        },
        merge);
  }

  private int[][] keep() {
    int[][] kept = new int[Math.toIntExact((rows.count() + HEIGHT - 1) / HEIGHT)][];
    for (int block = 0; block < kept.length; block++) {
      long first = (long) block * HEIGHT;
      kept[block] = new int[(int) Math.min(HEIGHT, rows.count() - first) * size()];
    }
    return kept;
  }

  /** Fills the blocks, if costs are kept; the sum of each row's least cost. */
  private long compute() {
    return BlockPass.run(
        arithmetic,
        rows,
        0,
        rows.count(),
        codewords,
        scale,
        HEIGHT,
        () -> new long[1],
        (sum, first, count, values, costs, least) -> {
          for (int i = 0; i < count; i++) {
            sum[0] += least[i];
            if (blocks.length > 0) {
              // A pass may cut its blocks where it likes.
              int row = (int) (first + i);
              int[] target = blocks[row / HEIGHT];
              System.arraycopy(costs, i * size(), target, row % HEIGHT * size(), size());
            }
          }
        },
        (one, other) -> new long[] {one[0] + other[0]},
        progress)[0];
  }

  /** The sum of each row's least cost. */
  long leastSum() {
    return blocks.length == 0 ? compute() : keptSum;
  }

  /** The code of each row under these potentials. */
  int[] codes(Potentials potentials) {
    int[] codes = new int[Math.toIntExact(rows.count())];
    return run(
        potentials,
        () -> codes,
        (target, row, scores, from, least) ->
            target[(int) row] = CostKernel.nearest(scores, from, least),
        (one, other) -> one);
  }

  /** Soft loads of all rows under these potentials; {@code tau} in integer costs. */
  SoftLoads softLoads(Potentials potentials, double tau) {
    return softLoads(potentials, tau, 1);
  }

  /** Soft loads of every {@code stride}-th block of rows. */
  SoftLoads softLoads(Potentials potentials, double tau, int stride) {
    return run(
            potentials,
            stride,
            () -> new SoftLoads.Collector(new SoftLoads(size()), tau),
            (collector, row, scores, from, least) -> collector.add(scores, from, least),
            SoftLoads.Collector::merge)
        .sums;
  }

  /** The plan's moves under these potentials, without squares. */
  Moves moves(Potentials potentials, RepairPlan plan) {
    return run(
            potentials,
            () -> new Moves.Collector(new Moves(plan), potentials),
            (collector, row, scores, from, least) ->
                collector.add(row, CostKernel.nearest(scores, from, least), scores, from, 0),
            Moves.Collector::merge)
        .moves;
  }

  /** The means of the rows that each code holds; a code without rows keeps its codeword. */
  Codewords means(int[] codes, double maxRowNorm) {
    int dimension = rows.dimension();
    return ParallelBlocks.run(
            arithmetic.threads(),
            rows.count(),
            HEIGHT,
            share -> {
              ExactSums sums = new ExactSums(size(), dimension, maxRowNorm);
              float[] block = new float[Math.multiplyExact(HEIGHT, dimension)];
              share.forEach(
                  (start, length) -> {
                    rows.read(start, length, block);
                    for (int i = 0; i < length; i++) {
                      sums.add(codes[(int) start + i], block, i * dimension);
                    }
                  });
              return sums;
            },
            ExactSums::merge)
        .means(codewords);
  }

  /** The hash of each row's costs, ascending. */
  long[] sortedAtomKeys() {
    int[] none = new int[size()];
    long[] keys = new long[Math.toIntExact(rows.count())];
    run(
        Potentials.zero(size(), scale),
        () -> keys,
        (target, row, costs, from, least) -> target[(int) row] = AtomKey.of(costs, from, none),
        (one, other) -> one);
    Arrays.parallelSort(keys);
    return keys;
  }
}
