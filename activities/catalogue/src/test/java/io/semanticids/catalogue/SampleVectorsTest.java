package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.catalogue.SampleVectors.Precision;
import io.semanticids.store.MappedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleVectorsTest {
  private static final int ROWS = 40_000;
  private static final int DIMENSION = 24;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = new Workbench(folder);
  }

  @Test
  void threadsAndPrecisionDoNotChangeRows() throws IOException {
    write("one.npy", Precision.FLOAT16, 1);
    write("four.npy", Precision.FLOAT16, 4);
    write("single.npy", Precision.FLOAT32, 2);
    assertThat(Files.mismatch(bench.path("one.npy"), bench.path("four.npy"))).isEqualTo(-1);
    float[] halves = read("one.npy");
    float[] singles = read("single.npy");
    for (int i = 0; i < halves.length; i++) {
      // Half a unit in the last of 11 bits, or half of 2^-24.
      float tolerance = Math.max(Math.abs(singles[i]) * 0x1p-11f, 0x1p-25f);
      assertThat(Math.abs(halves[i] - singles[i])).isLessThanOrEqualTo(tolerance);
    }
    assertThat(bench.path("one.npy.partial")).doesNotExist();
  }

  @Test
  void rowsAreOfUnitNormClusteredAndRepeated() throws IOException {
    write("x.npy", Precision.FLOAT32, 2);
    Prepared prepared = bench.prepare("x.npy", Workbench.DEFAULTS);
    assertThat(prepared.trainRows()).isEqualTo(ROWS);
    assertThat(prepared.maxNorm()).isBetween(1 - 1e-6, 1 + 1e-6);
    float[] values = read("x.npy");
    Map<Integer, Integer> counts = new HashMap<>();
    double[] mean = new double[DIMENSION];
    for (int i = 0; i < ROWS; i++) {
      int at = i * DIMENSION;
      assertThat(VectorCheck.squaredNorm(values, at, DIMENSION)).isBetween(1 - 1e-5, 1 + 1e-5);
      int hash = Arrays.hashCode(Arrays.copyOfRange(values, at, at + DIMENSION));
      counts.merge(hash, 1, Integer::sum);
      for (int j = 0; j < DIMENSION; j++) {
        mean[j] += values[at + j] / ROWS;
      }
    }
    // Of 1,200 copies all but a few are of other rows; the heaviest group holds dozens of them.
    assertThat(ROWS - counts.size()).isBetween(1_050, 1_350);
    assertThat(counts.values().stream().max(Integer::compare))
        .hasValueSatisfying(max -> assertThat(max).isBetween(10, 200));
    // Around zero, but not evenly: some clusters are much larger than others.
    assertThat(Arrays.stream(mean).map(m -> m * m).sum()).isBetween(0.001, 0.3);
  }

  @Test
  void seedsDiffer() throws IOException {
    SampleVectors.write(100, 8, 1, bench.path("a.npy"));
    SampleVectors.write(100, 8, 2, bench.path("b.npy"));
    assertThat(Files.mismatch(bench.path("a.npy"), bench.path("b.npy"))).isNotEqualTo(-1);
    assertThat(bench.prepare("a.npy", Workbench.DEFAULTS).segments().get(0).type())
        .isEqualTo("float16");
  }

  @Test
  void halvesAreTheNearest() {
    for (int bits = 0; bits <= 0x3C00; bits++) {
      float exact = half(bits);
      assertThat(SampleVectors.half(exact)).isEqualTo((short) bits);
      assertThat(SampleVectors.half(-exact)).isEqualTo((short) (bits | 0x8000));
      float next = half(bits + 1);
      float middle = (exact + next) / 2;
      assertThat(SampleVectors.half(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(SampleVectors.half(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
      assertThat(SampleVectors.half(middle)).isEqualTo((short) (bits + bits % 2));
    }
  }

  @Test
  void nothingIsWrittenForNoRows() {
    assertThatThrownBy(() -> SampleVectors.write(0, 8, 1, bench.path("a.npy")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Items (0)");
  }

  /** The value of a float16 that is not negative, by its definition. */
  private static float half(int bits) {
    int exponent = bits >> 10;
    int fraction = bits & 0x3FF;
    return exponent == 0
        ? fraction * 0x1p-24f
        : (float) ((1024 + fraction) * Math.pow(2, exponent - 25));
  }

  private void write(String name, Precision precision, int threads) throws IOException {
    SampleVectors.write(ROWS, DIMENSION, 1, bench.path(name), precision, threads);
  }

  private float[] read(String name) throws IOException {
    NpyHeader header = NpyReader.header(bench.path(name), new FileProblems(name, new Problems()));
    assertThat(header).isNotNull();
    float[] values = new float[ROWS * DIMENSION];
    try (MappedFile file = MappedFile.open(bench.path(name))) {
      NpyReader.read(file, header, 0, ROWS, values);
    }
    return values;
  }
}
