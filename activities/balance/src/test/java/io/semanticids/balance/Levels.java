package io.semanticids.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.PlainArithmetic;
import io.semanticids.tensor.Rows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Levels, costs and bytes for tests. */
final class Levels {
  private Levels() {}

  /** The first rows as codewords, potentials zero. */
  static BalancedLevel plain(Rows rows, int size, double tau, int batch) {
    float[] values = new float[size * rows.dimension()];
    for (int k = 0; k < size; k++) {
      float[] one = new float[rows.dimension()];
      rows.read(k % rows.count(), 1, one);
      System.arraycopy(one, 0, values, k * rows.dimension(), one.length);
    }
    Codewords codewords = new Codewords(values, size, rows.dimension());
    CostScale scale = CostScale.of(Vectors.NORM, codewords);
    return new BalancedLevel(
        codewords, Potentials.zero(size, scale), Vectors.NORM, 1, tau, 0, batch);
  }

  static int[] costs(Rows rows, BalancedLevel level) {
    int count = (int) rows.count();
    float[] values = new float[count * rows.dimension()];
    int[] costs = new int[count * level.size()];
    rows.read(0, count, values);
    try (Arithmetic arithmetic = new PlainArithmetic(1);
        CostKernel kernel = arithmetic.costs(level.codewords(), level.scale(), count)) {
      kernel.costs(values, count, costs, new int[count]);
    }
    return costs;
  }

  /** A plan with the same depth for all pairs and no atoms. */
  static RepairPlan plan(int size, int depth) {
    int[] depths = new int[size * size];
    Arrays.fill(depths, depth);
    return new RepairPlan(size, depths, RepairPlan.unlimited(size), new long[0]);
  }

  static long[] loads(int[] codes, int size) {
    long[] loads = new long[size];
    for (int code : codes) {
      loads[code]++;
    }
    return loads;
  }

  static void assertBalanced(long[] loads, long rows) {
    assertThat(Arrays.stream(loads).sum()).isEqualTo(rows);
    for (long load : loads) {
      assertThat(load).isBetween(rows / loads.length, -Math.floorDiv(-rows, (long) loads.length));
    }
  }

  interface Writer {
    void write(DataOutput out) throws IOException;
  }

  interface Reader<T> {
    T read(DataInput in) throws IOException;
  }

  static byte[] bytes(Writer writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataOutputStream data = new DataOutputStream(out)) {
      writer.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static <T> T read(byte[] bytes, Reader<T> reader) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      T value = reader.read(in);
      if (in.read() >= 0) {
        throw new IllegalStateException("Not all bytes were read.");
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
