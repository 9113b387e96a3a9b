package io.semanticids.benchmarks;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.CostScale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** A row against all codewords of a level: the cost kernel alone. */
public class CostsBenchmark extends RowBenchmark {
  private static final int ROWS = Arithmetic.BLOCK;

  @Param({"64", "128", "256"})
  public int dimension;

  @Param({"128", "256", "1024", "4096"})
  public int size;

  private CostKernel kernel;
  private float[] rows;
  private int[] costs;
  private int[] least;

  @Override
  void prepare() {
    Data data = Data.of(ROWS, dimension, size);
    kernel =
        arithmetic.costs(data.codewords(), CostScale.of(Data.MAX_NORM, data.codewords()), ROWS);
    rows = data.values();
    costs = new int[ROWS * size];
    least = new int[ROWS];
  }

  @Override
  void release() {
    kernel.close();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int[] costs() {
    kernel.costs(rows, ROWS, costs, least);
    return costs;
  }
}
