package io.semanticids.benchmarks;

import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.GroupCodes;
import io.semanticids.balance.Potentials;
import io.semanticids.balance.SmallGroups;
import io.semanticids.tensor.Arithmetic;
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

/** A row of a small prefix, balanced exactly. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GroupBenchmark {
  private static final int ROWS = 832;

  @Param({"64", "128"})
  public int dimension;

  @Param({"128", "256"})
  public int size;

  private Arithmetic arithmetic;
  private SmallGroups groups;
  private float[] rows;

  @Setup
  public void open() {
    Data data = Data.of(ROWS, dimension, size);
    CostScale scale = CostScale.of(Data.MAX_NORM, data.codewords());
    arithmetic = TensorArithmetic.open(1);
    groups =
        new SmallGroups(
            new BalancedLevel(
                data.codewords(),
                Potentials.zero(size, scale),
                Data.MAX_NORM,
                1,
                0.01,
                0,
                Arithmetic.BLOCK),
            arithmetic);
    rows = data.values();
  }

  @TearDown
  public void close() {
    groups.close();
    arithmetic.close();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public GroupCodes[] balance() {
    return groups.balance(rows, new int[] {ROWS});
  }
}
