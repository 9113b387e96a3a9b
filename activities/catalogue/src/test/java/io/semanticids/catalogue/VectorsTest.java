package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors in a column {@code embedding}. */
class VectorsTest {
  private static final List<List<Float>> VECTORS =
      List.of(List.of(1f, 2f, 3f), List.of(-4f, 0.5f, 0f), List.of(1f, 2f, 3f));

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = new Workbench(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT[]", "DOUBLE[]", "FLOAT[3]", "DECIMAL(5, 2)[]"})
  void parquet(String type) {
    bench.parquet(
        "a.parquet",
        "SELECT unnest([7, 8, 9]) AS id, unnest([[1, 2, 3], [-4, 0.5, 0], [1, 2, 3]]::%s[]) AS embedding"
            .formatted(type));
    check("a.parquet");
  }

  @Test
  void tooLong() {
    bench.parquet(
        "a.parquet",
        "SELECT 1 AS id, [1e18, 1e18, 0]::FLOAT[] AS embedding UNION ALL SELECT 2, [1, 0, 0]");
    assertThat(bench.refused("a.parquet", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("1.41e+18", "divide all of them");
  }

  @ParameterizedTest
  @EnumSource(FloatingPointPrecision.class)
  void arrow(FloatingPointPrecision precision) throws IOException {
    arrow("a.arrow", precision, true);
    check("a.arrow");
    arrow("b.arrow", precision, false);
    check("b.arrow");
  }

  private void check(String name) {
    Rows rows = new Rows();
    Prepared prepared = bench.prepare(name, null, Workbench.DEFAULTS, 2, rows);
    assertThat(rows.ids()).containsExactly("7", "8", "9");
    assertThat(rows.embeddings()).isEqualTo(VECTORS);
    assertThat(rows.vectors()).containsExactly(0L, 1L, 2L);
    assertThat(rows.texts()).containsOnlyNulls();
    assertThat(prepared.kind()).isEqualTo(CatalogueKind.VECTORS);
    assertThat(prepared.dimension()).isEqualTo(3);
    assertThat(prepared.segments()).isEmpty();
    assertThat(prepared.maxNorm()).isCloseTo(Math.sqrt(16.25), within(1e-12));
    CatalogueShape shape = bench.catalogues().inspect(bench.at(name), Workbench.DEFAULTS);
    assertThat(shape.kind()).isEqualTo(CatalogueKind.VECTORS);
    assertThat(shape.dimension()).isEqualTo(3);
    assertThat(shape.columns()).containsExactly("id", "embedding");
  }

  @Test
  void groupsAreReadBesideVectors() {
    bench.parquet(
        "a.parquet",
        "SELECT unnest(['x', 'y', NULL]) AS brand, unnest([[1.0], [2.0], [3.0]]) AS embedding");
    CatalogueFields fields =
        new CatalogueFields("id", List.of("title"), "\n", "brand", java.util.Set.of("id", "title"));
    Rows rows = new Rows();
    Prepared prepared = bench.prepare("a.parquet", null, fields, 8, rows);
    assertThat(rows.ids()).containsExactly("0", "1", "2");
    assertThat(rows.all().stream().map(Rows.Row::group)).containsExactly("x", "y", null);
    assertThat(prepared.groups()).isEqualTo(2);
  }

  @Test
  void matricesBesideOtherFilesGoIntoShards() {
    bench.npy("train.npy", 3, 1, 2, 3, -4, 0.5f, 0);
    bench.parquet("test.parquet", "SELECT [1, 2, 3]::FLOAT[] AS embedding");
    Rows rows = new Rows();
    Prepared prepared = bench.prepare("train.npy", "test.parquet", Workbench.DEFAULTS, 8, rows);
    assertThat(rows.embeddings()).isEqualTo(VECTORS);
    assertThat(rows.ids()).containsExactly("0", "1", "2");
    assertThat(prepared.segments()).isEmpty();
    assertThat(prepared.maxNorm()).isCloseTo(Math.sqrt(16.25), within(1e-12));
  }

  @Test
  void faultsAreNamed() {
    bench.parquet(
        "a.parquet",
        "SELECT unnest([1, 2, 3, 4, 5]) AS id,"
            + " unnest([[1::FLOAT, 2], [1], NULL, [1, NULL], ['nan'::FLOAT, 1]]) AS embedding");
    assertThat(bench.refused("a.parquet", Workbench.DEFAULTS).problems())
        .satisfiesExactly(
            p -> assertThat(p).contains("a.parquet, row 2 has an embedding of 1 values, but"),
            p -> assertThat(p).contains("a.parquet, row 3 has no embedding"),
            p -> assertThat(p).contains("a.parquet, row 4 has null as value 2 of its embedding"),
            p -> assertThat(p).contains("a.parquet, row 5 has NaN as value 1 of its vector"));
    bench.parquet("b.parquet", "SELECT NULL::FLOAT[] AS embedding");
    assertThat(bench.refused("b.parquet", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("b.parquet has no vector with values in the column \"embedding\"");
  }

  @Test
  void textsAndVectorsAreKeptApart() {
    bench.parquet("x/a.parquet", "SELECT 1 AS id, [1.0] AS embedding");
    bench.parquet("x/b.parquet", "SELECT 2 AS id, 'no list' AS embedding, 't' AS title");
    assertThat(bench.refused("x", Workbench.DEFAULTS).problems())
        .singleElement()
        .asString()
        .contains("b.parquet gives texts, but the files before it give vectors");
    assertThat(bench.read("x/b.parquet").texts()).containsExactly("t");
    bench.parquet("c.parquet", "SELECT 2 AS id, 7 AS price");
    assertThat(bench.refused("c.parquet", Workbench.DEFAULTS))
        .hasMessageContaining("has no text", "price");
  }

  private void arrow(String name, FloatingPointPrecision precision, boolean fixed)
      throws IOException {
    FieldType floats = FieldType.nullable(new ArrowType.FloatingPoint(precision));
    Files.createDirectories(bench.path(name).getParent());
    try (BufferAllocator allocator = new RootAllocator();
        BigIntVector id = new BigIntVector("id", allocator);
        FixedSizeListVector same = FixedSizeListVector.empty("embedding", 3, allocator);
        ListVector any = ListVector.empty("embedding", allocator)) {
      // The children first: the root takes the schema as it is then.
      FieldVector values = (FieldVector) same.addOrGetVector(floats).getVector();
      if (!fixed) {
        values = (FieldVector) any.addOrGetVector(floats).getVector();
      }
      for (int i = 0; i < 3; i++) {
        id.setSafe(i, 7 + i);
        int start = fixed ? same.startNewValue(i) : any.startNewValue(i);
        for (int j = 0; j < 3; j++) {
          float value = VECTORS.get(i).get(j);
          if (values instanceof Float2Vector half) {
            half.setSafeWithPossibleTruncate(start + j, value);
          } else if (values instanceof Float4Vector single) {
            single.setSafe(start + j, value);
          } else {
            ((Float8Vector) values).setSafe(start + j, value);
          }
        }
        if (!fixed) {
          any.endValue(i, 3);
        }
      }
      try (VectorSchemaRoot root = VectorSchemaRoot.of(id, fixed ? same : any);
          FileChannel channel =
              FileChannel.open(
                  bench.path(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          ArrowFileWriter writer = new ArrowFileWriter(root, null, channel)) {
        root.setRowCount(3);
        writer.writeBatch();
      }
    }
  }
}
