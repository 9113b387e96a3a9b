package io.semanticids.quantize;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Objects;

/** Chosen rows of other rows, in the order of {@code numbers}, read where they lie. */
public final class GatheredRows implements Rows {
  private static final int HEIGHT = 1_024;

  /** Of so many rows one or less is few: those between them are better left alone. */
  private static final int FEW = 16;

  private final Rows rows;
  private final long[] numbers;

  /** The array is not copied and must not be changed afterwards. */
  public GatheredRows(Rows rows, long[] numbers) {
    this.rows = numbers.length < rows.count() / FEW ? rows.scattered() : rows;
    this.numbers = numbers;
    for (long number : numbers) {
      Objects.checkIndex(number, rows.count());
    }
  }

  /**
   * The same rows, held in memory: {@code count * dimension} must fit one array.
   *
   * @param progress told of no rows, only that it goes on
   */
  public static Rows copy(Rows rows, Arithmetic math, Progress progress) {
    int dimension = rows.dimension();
    float[] values = new float[Math.toIntExact(Math.multiplyExact(rows.count(), dimension))];
    int height = (int) Math.max(1, Math.min(HEIGHT, rows.count()));
    ParallelBlocks.run(
        math.threads(),
        rows.count(),
        height,
        blocks -> {
          float[] block = new float[Math.multiplyExact(height, dimension)];
          blocks.forEach(
              (start, length) -> {
                rows.read(start, length, block);
                System.arraycopy(block, 0, values, (int) start * dimension, length * dimension);
                progress.advanced(0);
              });
          return values;
        },
        (one, other) -> one);
    return Rows.of(values, dimension);
  }

  @Override
  public long count() {
    return numbers.length;
  }

  @Override
  public int dimension() {
    return rows.dimension();
  }

  /** Neighbouring rows are read together. */
  @Override
  public void read(long first, int count, float[] target) {
    Objects.checkFromIndexSize(first, count, numbers.length);
    int dimension = rows.dimension();
    int from = (int) first;
    int end = from + count;
    float[] run = new float[dimension];
    for (int i = from; i < end; ) {
      int length = 1;
      while (i + length < end && numbers[i + length] == numbers[i] + length) {
        length++;
      }
      if (run.length < length * dimension) {
        run = new float[length * dimension];
      }
      rows.read(numbers[i], length, run);
      System.arraycopy(run, 0, target, (i - from) * dimension, length * dimension);
      i += length;
    }
  }
}
