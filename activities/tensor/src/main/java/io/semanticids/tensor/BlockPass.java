package io.semanticids.tensor;

import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * Streams a range of rows through a cost kernel, a block at a time, on all threads of the engine.
 *
 * <p>Each thread has an accumulator of its own; they are merged at the end in no particular order, so accumulators must
 * be exact (integers, or one slot a row).
 */
public final class BlockPass {
  private BlockPass() {}

  /** What is done with one block. {@code costs} is {@code count x K}; both arrays are reused for the next block. */
  @FunctionalInterface
  public interface Visitor<A> {
    void block(A accumulator, long firstRow, int count, float[] rows, int[] costs);
  }

  /** Rows {@code [first, first + count)} of {@code rows} against {@code codewords}, in blocks of {@code height}. */
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
    throw new UnsupportedOperationException("issue 3: written by the tensor module");
  }
}
