package io.semanticids.benchmarks;

import io.semanticids.balance.BalanceOptions;
import io.semanticids.balance.BalancedFit;
import io.semanticids.balance.FittedLevel;
import io.semanticids.balance.Moves;
import io.semanticids.balance.SoftLoads;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
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

/** A row in the passes over a balanced level, on one thread: soft loads and moves. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PassBenchmark {
  private static final int ROWS = 1 << 16;

  @Param({"64", "128"})
  public int dimension;

  @Param({"128", "256", "1024"})
  public int size;

  private Arithmetic arithmetic;
  private Rows rows;
  private FittedLevel fitted;
  private int[] codes;

  @Setup
  public void open() {
    Data data = Data.of(ROWS, dimension, size);
    arithmetic = TensorArithmetic.open(1);
    rows = data.rows();
    fitted =
        BalancedFit.fit(
            rows,
            rows,
            ROWS,
            Data.MAX_NORM,
            data.codewords(),
            BalanceOptions.of(size, 1),
            arithmetic,
            Progress.NONE);
    codes = new int[ROWS];
  }

  @TearDown
  public void close() {
    arithmetic.close();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public SoftLoads softLoads() {
    return SoftLoads.collect(rows, 0, ROWS, fitted.level(), arithmetic, Progress.NONE);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Moves moves() {
    return Moves.collect(rows, 0, codes, fitted.level(), fitted.plan(), arithmetic, Progress.NONE);
  }
}
