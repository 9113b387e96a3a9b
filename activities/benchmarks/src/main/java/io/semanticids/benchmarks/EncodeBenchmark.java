package io.semanticids.benchmarks;

import io.semanticids.quantize.NearestCodes;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.tensor.TensorArithmetic;
import java.util.List;
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

/** A row encoded over three levels, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
  private static final int ROWS = 1 << 14;

  @Param({"64", "128", "256"})
  public int dimension;

  @Param({"128", "256", "1024"})
  public int size;

  private Arithmetic arithmetic;
  private Rows rows;
  private List<Codewords> levels;
  private int[][] codes;

  @Setup
  public void open() {
    Data data = Data.of(ROWS, dimension, size);
    arithmetic = TensorArithmetic.open(1);
    rows = data.rows();
    levels = List.of(data.codewords(), data.codewords(), data.codewords());
    codes = new int[levels.size()][ROWS];
  }

  @TearDown
  public void close() {
    arithmetic.close();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int[][] encode() {
    NearestCodes.encode(rows, 0, ROWS, levels, Data.MAX_NORM, arithmetic, codes, Progress.NONE);
    return codes;
  }
}
