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
  /** A block's costs take at most 64 MB. */
  private static final int MAX_COSTS = 1 << 24;

  private BlockPass() {}

  /**
   * What is done with one block. {@code costs} is {@code count x K}; both arrays are reused for the
   * next block.
   */
  @FunctionalInterface
  public interface Visitor<A> {
    void block(A accumulator, long firstRow, int count, float[] rows, int[] costs);
  }

  /**
   * A good height for blocks against this many codewords: {@link Arithmetic#BLOCK}, or less where K
   * is large.
   */
  public static int height(int codewords) {
    return Math.max(16, Math.min(Arithmetic.BLOCK, MAX_COSTS / codewords));
  }

  /**
   * Rows {@code [first, first + count)} of {@code rows} against {@code codewords}, in blocks of
   * {@code height}.
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
      int height,
      Supplier<A> accumulators,
      Visitor<A> visitor,
      BinaryOperator<A> merge,
      Progress progress) {
    Objects.checkFromIndexSize(first, count, rows.count());
    KernelArguments.requireHeight(height);
    if (rows.dimension() != codewords.dimension()) {
      throw new IllegalArgumentException(
          "Rows of dimension %d do not fit codewords of dimension %d."
              .formatted(rows.dimension(), codewords.dimension()));
    }
    int most = (int) Math.min(height, Math.max(1, count));
    return ParallelBlocks.run(
        arithmetic.threads(),
        count,
        height,
        blocks -> {
          A accumulator = accumulators.get();
          float[] block = new float[Math.multiplyExact(most, codewords.dimension())];
          int[] costs = new int[Math.multiplyExact(most, codewords.size())];
          try (CostKernel kernel = arithmetic.costs(codewords, scale, height)) {
            blocks.forEach(
                (start, length) -> {
                  rows.read(first + start, length, block);
                  kernel.costs(block, length, costs);
                  visitor.block(accumulator, first + start, length, block, costs);
                  progress.advanced(length);
                });
          }
          return accumulator;
        },
        merge);
  }
}
