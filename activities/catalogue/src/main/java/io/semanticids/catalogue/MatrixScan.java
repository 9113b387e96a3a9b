package io.semanticids.catalogue;

import io.semanticids.store.MappedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Reads a whole matrix once to check that all values are finite and to find the largest norm.
 * Blocks of rows go to several threads; what comes out does not depend on them, because a largest
 * value has no order.
 */
final class MatrixScan {
  /** Values of a block. */
  private static final int BLOCK = 1 << 20;

  private static final int WINDOW = 64;

  private MatrixScan() {}

  /** A row that is not finite. */
  private record Told(String place, String problem) {}

  /**
   * What a block holds: rows that are not finite, the first of them in words, the largest squared
   * norm.
   */
  private record Block(long bad, List<Told> told, double squaredNorm, int rows) {}

  /**
   * Scans a matrix.
   *
   * @param progress takes numbers of rows that were read, called by this thread
   * @return the largest squared norm of a row
   */
  static double scan(
      MappedFile file,
      NpyHeader header,
      ExecutorService threads,
      FileProblems problems,
      LongConsumer progress) {
    int blockRows = Math.max(1, BLOCK / header.dimension());
    double squaredNorm = 0;
    List<Callable<Block>> window = new ArrayList<>();
    for (long first = 0; first < header.rows(); first += blockRows) {
      long from = first;
      int count = (int) Math.min(blockRows, header.rows() - from);
      window.add(() -> block(file, header, from, count));
      if (window.size() == WINDOW || from + count == header.rows()) {
        for (Block block : run(window, threads)) {
          squaredNorm = Math.max(squaredNorm, block.squaredNorm());
          block.told().forEach(told -> problems.at(told.place(), told.problem()));
          problems.problems().count(block.bad() - block.told().size());
          progress.accept(block.rows());
        }
        window.clear();
      }
    }
    return squaredNorm;
  }

  private static Block block(MappedFile file, NpyHeader header, long first, int count) {
    int dimension = header.dimension();
    float[] values = new float[count * dimension];
    NpyReader.read(file, header, first, count, values);
    double squaredNorm = 0;
    long bad = 0;
    List<Told> told = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int position = VectorCheck.notFinite(values, i * dimension, dimension);
      if (position < 0) {
        squaredNorm =
            Math.max(squaredNorm, VectorCheck.squaredNorm(values, i * dimension, dimension));
        continue;
      }
      bad++;
      if (told.size() < CatalogueException.TOLD) {
        told.add(
            new Told(
                NpyReader.place(first + i),
                VectorCheck.problem(position, values[i * dimension + position])));
      }
    }
    return new Block(bad, told, squaredNorm, count);
  }

  private static List<Block> run(List<Callable<Block>> window, ExecutorService threads) {
    try {
      List<Block> blocks = new ArrayList<>();
      for (Future<Block> future : threads.invokeAll(window)) {
        blocks.add(future.get());
      }
      return blocks;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The reading of a matrix was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause();
      }
      throw new IllegalStateException("The reading of a matrix failed.", e.getCause());
    }
  }
}
