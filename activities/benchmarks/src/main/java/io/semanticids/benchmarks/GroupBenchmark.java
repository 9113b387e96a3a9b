package io.semanticids.benchmarks;

import io.semanticids.balance.BalancedLevel;
import io.semanticids.balance.GroupCodes;
import io.semanticids.balance.Potentials;
import io.semanticids.balance.SmallGroups;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.CostScale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** A row of a small prefix, balanced exactly. */
public class GroupBenchmark extends RowBenchmark {
  private static final int ROWS = 832;

  @Param({"64", "128"})
  public int dimension;

  @Param({"128", "256"})
  public int size;

  private SmallGroups groups;
  private float[] rows;

  @Override
  void prepare() {
    Data data = Data.of(ROWS, dimension, size);
    CostScale scale = CostScale.of(Data.MAX_NORM, data.codewords());
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

  @Override
  void release() {
    groups.close();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public GroupCodes[] balance() {
    return groups.balance(rows, new int[] {ROWS});
  }
}
