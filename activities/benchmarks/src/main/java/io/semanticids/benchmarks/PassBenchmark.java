package io.semanticids.benchmarks;

import io.semanticids.balance.BalanceOptions;
import io.semanticids.balance.BalancedFit;
import io.semanticids.balance.FittedLevel;
import io.semanticids.balance.Moves;
import io.semanticids.balance.SoftLoads;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** A row in the passes over a balanced level: soft loads and moves. */
public class PassBenchmark extends RowBenchmark {
  private static final int ROWS = 1 << 16;

  @Param({"64", "128"})
  public int dimension;

  @Param({"128", "256", "1024"})
  public int size;

  private Rows rows;
  private FittedLevel fitted;
  private int[] codes;

  @Override
  void prepare() {
    Data data = Data.of(ROWS, dimension, size);
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
