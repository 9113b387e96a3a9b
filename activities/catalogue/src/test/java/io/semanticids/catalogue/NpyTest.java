package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NumPy's matrices: headers, faults, and where the values lie. */
class NpyTest {
  private static final String HEADER =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }";

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = new Workbench(folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void allVersionsAreReadInPlace(int version) {
    byte[] file = Workbench.npy(version, HEADER, data(1, 2, 3, 4, 5, 6));
    bench.file("x.npy", file);
    Rows rows = new Rows();
    Prepared prepared = bench.prepare("x.npy", null, Workbench.DEFAULTS, 2, rows);
    assertThat(rows.ids()).containsExactly("0", "1", "2");
    assertThat(rows.vectors()).containsExactly(0L, 1L, 2L);
    assertThat(rows.texts()).containsOnlyNulls();
    assertThat(rows.embeddings()).allMatch(List::isEmpty);
    assertThat(prepared.kind()).isEqualTo(CatalogueKind.VECTORS);
    assertThat(prepared.dimension()).isEqualTo(2);
    assertThat(prepared.maxNorm()).isCloseTo(Math.sqrt(61), within(1e-12));
    assertThat(prepared.segments())
        .containsExactly(
            new MatrixSegment(bench.at("x.npy").uri(), file.length - 24, 3, 2, "float32"));
    assertThat(bench.catalogues().segments(bench.at("x.npy"), null)).isEqualTo(prepared.segments());
    CatalogueShape shape = bench.catalogues().inspect(bench.at("x.npy"), Workbench.DEFAULTS);
    assertThat(shape)
        .isEqualTo(
            new CatalogueShape(
                CatalogueKind.VECTORS, List.of(bench.at("x.npy").uri()), List.of(), 2));
  }

  @ParameterizedTest
  @CsvSource({"<f2,float16,2", "<f4,float32,4", "<f8,float64,8"})
  void allPrecisionsAreRead(String descr, String type, int bytes) {
    ByteBuffer data = ByteBuffer.allocate(2 * bytes).order(ByteOrder.LITTLE_ENDIAN);
    switch (bytes) {
      case 2 -> data.putShort((short) 0x4200).putShort((short) 0xC400);
      case 4 -> data.putFloat(3).putFloat(-4);
      default -> data.putDouble(3).putDouble(-4);
    }
    String header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (1, 2)}";
    bench.file("x.npy", Workbench.npy(1, header, data.array()));
    Prepared prepared = bench.prepare("x.npy", Workbench.DEFAULTS);
    assertThat(prepared.maxNorm()).isEqualTo(5);
    assertThat(prepared.segments().get(0).type()).isEqualTo(type);
    assertThat(prepared.segments().get(0).bytes()).isEqualTo(2L * bytes);
  }

  @Test
  void manyFilesAreOneMatrixAndTestRowsFollow() {
    bench.npy("x/1.npy", 2, 1, 2, 3, 4).npy("x/0.npy", 2, 5, 6).npy("x/2.npy", 2);
    bench.npy("test.npy", 2, 7, 8);
    Rows rows = new Rows();
    Prepared prepared = bench.prepare("x", "test.npy", Workbench.DEFAULTS, 8, rows);
    assertThat(rows.ids()).containsExactly("0", "1", "2", "3");
    assertThat(rows.shards()).containsExactly(3, 1);
    assertThat(prepared.segments().stream().map(MatrixSegment::rows)).containsExactly(1L, 2L, 1L);
    assertThat(prepared.segments().get(0).uri()).endsWith("x/0.npy");
    assertThat(bench.catalogues().segments(bench.at("x"), bench.at("test.npy")))
        .isEqualTo(prepared.segments());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "{'descr': '|O', 'fortran_order': False, 'shape': (3, 2), }!holds pickled objects",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3, 2), }!holds records",
        "{'descr': '>f4', 'fortran_order': False, 'shape': (3, 2), }!is big-endian (>f4)",
        "{'descr': '<i8', 'fortran_order': False, 'shape': (3, 2), }!holds values of type <i8",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (3, 2), }!is in Fortran order",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }!has the shape (6,)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2, 1), }!has the shape (3, 2, 1)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (), }!has the shape ()",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 0), }!its vectors have no values",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2), }!has no rows",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4, 2), }!is truncated: 4 x 2 values",
        "{'descr': '<f4', 'shape': (3, 2), }!has a header that cannot be read",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999, 9999999), }!too large",
      })
  void faultsAreNamed(String header, String problem) {
    bench.file("x.npy", Workbench.npy(1, header, data(1, 2, 3, 4, 5, 6)));
    assertThat(bench.refused("x.npy", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("x.npy", problem);
    assertThatThrownBy(() -> bench.catalogues().inspect(bench.at("x.npy"), Workbench.DEFAULTS))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void whatIsNoNpyFileIsNamed() {
    bench.file("empty.npy", "").file("text.npy", "hello, this is text");
    byte[] whole = Workbench.npy(1, HEADER, data(1, 2, 3, 4, 5, 6));
    bench.file("cut.npy", Arrays.copyOf(whole, 40));
    whole[6] = 9;
    bench.file("new.npy", whole);
    assertThat(bench.refused("empty.npy", Workbench.DEFAULTS)).hasMessageContaining("only 0 bytes");
    assertThat(bench.refused("text.npy", Workbench.DEFAULTS))
        .hasMessageContaining("does not begin with \\x93NUMPY");
    assertThat(bench.refused("cut.npy", Workbench.DEFAULTS))
        .hasMessageContaining("ends inside its header");
    assertThat(bench.refused("new.npy", Workbench.DEFAULTS)).hasMessageContaining("has version 9");
  }

  @Test
  void valuesThatAreNotFiniteAreAllCounted() {
    float[] values = new float[2 * 3000];
    values[2 * 7 + 1] = Float.NaN;
    values[2 * 1000] = Float.NEGATIVE_INFINITY;
    Arrays.fill(values, 2 * 2000, 2 * 2100, Float.NaN);
    bench.npy("x.npy", 2, values);
    CatalogueException refused = bench.refused("x.npy", Workbench.DEFAULTS);
    assertThat(refused.count()).isEqualTo(102);
    assertThat(refused.problems()).hasSize(20);
    assertThat(refused.problems().get(0))
        .startsWith("x.npy, row 7 (from 0) has NaN as value 2 of its vector");
    assertThat(refused.problems().get(1)).startsWith("x.npy, row 1000 (from 0) has an infinity");
  }

  @Test
  void float64BeyondFloat32IsNotFinite() {
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(1).putDouble(1e300);
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2)}";
    bench.file("x.npy", Workbench.npy(1, header, data.array()));
    assertThat(bench.refused("x.npy", Workbench.DEFAULTS))
        .hasMessageContaining(
            "an infinity as value 2 of its vector. Vectors must be finite (as float32).");
  }

  @Test
  void dimensionsAgree() {
    bench.npy("x/0.npy", 2, 1, 2).npy("x/1.npy", 3, 1, 2, 3).npy("test.npy", 4, 1, 2, 3, 4);
    assertThat(bench.refused("x", "test.npy", Workbench.DEFAULTS).problems())
        .satisfiesExactly(
            one ->
                assertThat(one)
                    .contains("1.npy has vectors of dimension 3, but those of 0.npy have 2"),
            two -> assertThat(two).contains("test.npy has vectors of dimension 4"));
  }

  @Test
  void aMatrixHasNoFields() {
    bench.npy("x.npy", 2, 1, 2);
    CatalogueFields fields =
        new CatalogueFields("sku", List.of("title"), "\n", "brand", Set.of("title"));
    assertThat(bench.refused("x.npy", fields).problems())
        .satisfiesExactly(
            id -> assertThat(id).contains("has no field \"sku\": a matrix has no fields"),
            group -> assertThat(group).contains("has no field \"brand\": a matrix has no fields"));
  }

  @Test
  void bytesAfterTheMatrixAreWarnedOf() {
    bench.file("x.npy", Workbench.npy(1, HEADER, data(1, 2, 3, 4, 5, 6, 7)));
    assertThat(bench.prepare("x.npy", Workbench.DEFAULTS).warnings())
        .singleElement()
        .asString()
        .contains("x.npy has 4 bytes after its 3 rows");
  }

  @Test
  void progressCountsRowsOfAMatrix() {
    bench.npy("x.npy", 2, new float[2 * 5000]);
    List<Long> progress = new ArrayList<>();
    bench
        .catalogues()
        .prepare(bench.at("x.npy"), null, Workbench.DEFAULTS, 512, shard -> {}, progress::add);
    assertThat(progress.stream().mapToLong(Long::longValue).sum()).isEqualTo(5000);
  }

  private static byte[] data(float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return data.array();
  }
}
