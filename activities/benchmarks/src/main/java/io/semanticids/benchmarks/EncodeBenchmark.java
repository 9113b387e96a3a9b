package io.semanticids.benchmarks;

import io.semanticids.quantize.NearestCodes;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** A row encoded over three levels. */
public class EncodeBenchmark extends RowBenchmark {
  private static final int ROWS = 1 << 14;

  @Param({"64", "128", "256"})
  public int dimension;

  @Param({"128", "256", "1024"})
  public int size;

  private Rows rows;
  private List<Codewords> levels;
  private int[][] codes;

  @Override
  void prepare() {
    Data data = Data.of(ROWS, dimension, size);
    rows = data.rows();
    levels = List.of(data.codewords(), data.codewords(), data.codewords());
    codes = new int[levels.size()][ROWS];
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int[][] encode() {
    NearestCodes.encode(rows, 0, ROWS, levels, Data.MAX_NORM, arithmetic, codes, Progress.NONE);
    return codes;
  }
}
