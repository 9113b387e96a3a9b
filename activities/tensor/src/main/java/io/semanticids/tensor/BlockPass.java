package io.semanticids.tensor;

import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * Streams a range of rows through a cost kernel, a block at a time, on all threads of the engine.
 *
 * <p>Each thread has an accumulator of its own; they are merged at the end in no particular order,
 * so accumulators must be exact (integers, or one slot a row).
 */
public final class BlockPass {
  /** Costs of a block: its three copies (float32, int32, the caller's) stay in a core's cache. */
  private static final int COSTS = 1 << 17;

  /** Matrix products of fewer rows are slow. */
  private static final int LEAST = 256;

  /** Costs of a block at most, whatever its height: 32 MB for each thread. */
  private static final int MOST_COSTS = 1 << 23;

  private BlockPass() {}

  /**
   * What is done with one block. {@code costs} is {@code count x K}, {@code least} has the least of
   * each row; all arrays are reused for the next block.
   */
  @FunctionalInterface
  public interface Visitor<A> {
    void block(A accumulator, long firstRow, int count, float[] rows, int[] costs, int[] least);
  }

  /**
   * A good height for blocks against this many codewords: {@link Arithmetic#BLOCK}, or less from 65
   * codewords on; 256 from 512 codewords on, less above 32,768.
   */
  public static int height(int codewords) {
    int fast = Math.max(LEAST, Math.min(Arithmetic.BLOCK, COSTS / codewords));
    return Math.min(fast, MOST_COSTS / codewords);
  }

  /** A pass with plain costs. */
  public static <A> A run(
      Arithmetic arithmetic,
      Rows rows,
      long first,
      long count,
      Codewords codewords,
      CostScale scale,
      int batch,
      Supplier<A> accumulators,
      Visitor<A> visitor,
      BinaryOperator<A> merge,
      Progress progress) {
    return run(
        arithmetic,
        rows,
        first,
        count,
        codewords,
        scale,
        new int[codewords.size()],
        batch,
        accumulators,
        visitor,
        merge,
        progress);
  }

  /**
   * Rows {@code [first, first + count)} of {@code rows} against {@code codewords}, less {@code
   * potentials}. A thread takes {@code batch} rows at a time, or {@link #height} where that is
   * fewer.
   *
   * <p>The first exception that a thread meets stops the others and is thrown unchanged, after all
   * of them have ended.
   *
   * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; it
   *     stays interrupted
   */
  public static <A> A run(
      Arithmetic arithmetic,
      Rows rows,
      long first,
      long count,
      Codewords codewords,
      CostScale scale,
      int[] potentials,
      int batch,
      Supplier<A> accumulators,
      Visitor<A> visitor,
      BinaryOperator<A> merge,
      Progress progress) {
    Objects.checkFromIndexSize(first, count, rows.count());
    KernelArguments.requireHeight(batch);
    if (rows.dimension() != codewords.dimension()) {
      throw new IllegalArgumentException(
          "Rows of dimension %d do not fit codewords of dimension %d."
              .formatted(rows.dimension(), codewords.dimension()));
    }
    int height = Math.min(batch, height(codewords.size()));
    int most = (int) Math.min(height, Math.max(1, count));
    return ParallelBlocks.run(
        arithmetic.threads(),
        count,
        height,
        blocks -> {
          A accumulator = accumulators.get();
          float[] block = new float[Math.multiplyExact(most, codewords.dimension())];
          int[] costs = new int[Math.multiplyExact(most, codewords.size())];
          int[] least = new int[most];
          try (CostKernel kernel = arithmetic.costs(codewords, scale, potentials, height)) {
            blocks.forEach(
                (start, length) -> {
                  rows.read(first + start, length, block);
                  kernel.costs(block, length, costs, least);
                  visitor.block(accumulator, first + start, length, block, costs, least);
                  progress.advanced(length);
                });
          }
          return accumulator;
        },
        merge);
  }
}
