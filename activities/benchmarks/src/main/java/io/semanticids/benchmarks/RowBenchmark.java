package io.semanticids.benchmarks;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.TensorArithmetic;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a row, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class RowBenchmark {
  Arithmetic arithmetic;

  @Setup
  public final void open() {
    arithmetic = TensorArithmetic.open(1);
    prepare();
  }

  /** Makes what the benchmark works on. */
  abstract void prepare();

  @TearDown
  public final void close() {
    release();
    arithmetic.close();
  }

  /** Closes what {@link #prepare} opened. */
  void release() {}
}
