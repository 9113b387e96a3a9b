package io.semanticids.benchmarks;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.TensorArithmetic;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A row against all codewords of a level: the cost kernel alone, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CostsBenchmark {
  private static final int ROWS = Arithmetic.BLOCK;

  @Param({"64", "128", "256"})
  public int dimension;

  @Param({"128", "256", "1024", "4096"})
  public int size;

  private Arithmetic arithmetic;
  private CostKernel kernel;
  private float[] rows;
  private int[] costs;

  @Setup
  public void open() {
    Data data = Data.of(ROWS, dimension, size);
    arithmetic = TensorArithmetic.open(1);
    kernel =
        arithmetic.costs(data.codewords(), CostScale.of(Data.MAX_NORM, data.codewords()), ROWS);
    rows = data.values();
    costs = new int[ROWS * size];
  }

  @TearDown
  public void close() {
    kernel.close();
    arithmetic.close();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int[] costs() {
    kernel.costs(rows, ROWS, costs);
    return costs;
  }
}
