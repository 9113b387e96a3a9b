package io.semanticids.balance;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * Passes over the same rows and codewords again and again: costs are computed once and kept in memory, up to 512 MB of
 * them; above, each pass computes them anew.
 */
final class SampleCosts {
  private static final long KEPT = 1L << 27;

  private final Rows rows;
  private final Codewords codewords;
  private final CostScale scale;
  private final int height;
  private final Arithmetic arithmetic;
  private final Progress progress;
  private final int[][] blocks;

  /** What is done with one block of {@code count x K} costs. */
  @FunctionalInterface
  interface Visitor<A> {
    void block(A accumulator, long firstRow, int count, int[] costs);
  }

  SampleCosts(
      Rows rows,
      Codewords codewords,
      CostScale scale,
      int height,
      Arithmetic arithmetic,
      Progress progress) {
    this.rows = rows;
    this.codewords = codewords;
    this.scale = scale;
    this.height = height;
    this.arithmetic = arithmetic;
    this.progress = progress;
    this.blocks = rows.count() * codewords.size() <= KEPT ? compute() : new int[0][];
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

  /** One pass. Accumulators are merged in no particular order. */
  <A> A run(Supplier<A> accumulators, Visitor<A> visitor, BinaryOperator<A> merge) {
    return run(1, accumulators, visitor, merge);
  }

  /** One pass over every {@code stride}-th block; the visitor's first row is wrong for other strides than 1. */
  private <A> A run(
      int stride, Supplier<A> accumulators, Visitor<A> visitor, BinaryOperator<A> merge) {
    if (blocks.length == 0) {
      Rows some = stride == 1 ? rows : new StridedRows(rows, height, stride);
      return BlockPass.run(
          arithmetic,
          some,
          0,
          some.count(),
          codewords,
          scale,
          height,
          accumulators,
          (accumulator, first, count, values, costs) ->
              visitor.block(accumulator, first, count, costs),
          merge,
          progress);
    }
    int threads = Math.max(1, Math.min(arithmetic.threads(), blocks.length));
    AtomicInteger next = new AtomicInteger();
    Supplier<A> task =
        () -> {
          A accumulator = accumulators.get();
          for (int block = next.getAndAdd(stride);
              block < blocks.length;
              block = next.getAndAdd(stride)) {
            int count = blocks[block].length / size();
            visitor.block(accumulator, (long) block * height, count, blocks[block]);
            progress.advanced(count);
          }
          return accumulator;
        };
    if (threads == 1) {
      return task.get();
    }
    return onThreads(threads, task, merge);
  }

  private int[][] compute() {
    int[][] computed = new int[Math.toIntExact((rows.count() + height - 1) / height)][];
    for (int block = 0; block < computed.length; block++) {
      long first = (long) block * height;
      computed[block] = new int[(int) Math.min(height, rows.count() - first) * size()];
    }
    BlockPass.run(
        arithmetic,
        rows,
        0,
        rows.count(),
        codewords,
        scale,
        height,
        () -> computed,
        (target, first, count, values, costs) -> {
          // A pass may cut its blocks where it likes.
          for (int i = 0; i < count; i++) {
            long row = first + i;
            System.arraycopy(
                costs,
                i * size(),
                target[(int) (row / height)],
                (int) (row % height) * size(),
                size());
          }
        },
        (one, other) -> one,
        progress);
    return computed;
  }

  private static <A> A onThreads(int threads, Supplier<A> task, BinaryOperator<A> merge) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<A>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(executor.submit(task::get));
      }
      List<A> results = new ArrayList<>();
      for (Future<A> future : futures) {
        results.add(future.get());
      }
      return results.stream().reduce(merge).orElseThrow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a pass over the sample ran.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  /** The code of each row under these potentials. */
  int[] codes(Potentials potentials) {
    int[] codes = new int[Math.toIntExact(rows.count())];
    run(
        () -> new RowScores(potentials),
        (scores, first, count, costs) -> {
          for (int i = 0; i < count; i++) {
            codes[(int) first + i] = scores.best(costs, i * size());
          }
        },
        (one, other) -> one);
    return codes;
  }

  /** Soft loads of all rows under these potentials; {@code tau} in integer costs. */
  SoftLoads softLoads(Potentials potentials, double tau) {
    return softLoads(potentials, tau, 1);
  }

  /** Soft loads of every {@code stride}-th block of rows. */
  SoftLoads softLoads(Potentials potentials, double tau, int stride) {
    return run(
            stride,
            () -> new SoftLoads.Collector(new SoftLoads(size()), potentials, tau),
            (collector, first, count, costs) -> {
              for (int i = 0; i < count; i++) {
                collector.add(costs, i * size());
              }
            },
            SoftLoads.Collector::merge)
        .sums;
  }

  /** The hash of each row's costs, ascending. */
  long[] sortedAtomKeys() {
    long[] keys = new long[Math.toIntExact(rows.count())];
    run(
        () -> keys,
        (target, first, count, costs) -> {
          for (int i = 0; i < count; i++) {
            target[(int) first + i] = AtomKey.of(costs, i * size(), size());
          }
        },
        (one, other) -> one);
    Arrays.parallelSort(keys);
    return keys;
  }
}
