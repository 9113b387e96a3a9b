package io.semanticids.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnFileTest {
  @TempDir Path folder;

  private static int[] ints(int rows) {
    int[] values = new int[rows];
    Arrays.setAll(values, row -> row * 7 - 3);
    return values;
  }

  private static long[] longs(int rows) {
    long[] values = new long[rows];
    Arrays.setAll(values, row -> (1L << 40) * row - 1);
    return values;
  }

  private static float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (i % 2048) / 1024f - 1;
    }
    return values;
  }

  private static List<String> texts(int rows) {
    String[] values = new String[rows];
    Arrays.setAll(values, row -> row % 5 == 4 ? null : row % 5 == 3 ? "" : "Größe 寸 🧦 " + row);
    return Arrays.asList(values);
  }

  private JsonNode write(Path file, int rows, int dimension) throws IOException {
    ByteBuffer halfs =
        ByteBuffer.allocateDirect(2 * rows * dimension).order(ByteOrder.LITTLE_ENDIAN);
    HalfFloats.encode(floats(rows * dimension), 0, rows * dimension, halfs);
    return ColumnFile.write(
        file,
        Map.of("sid.format", "1", "a", "b"),
        Column.ints("code", ints(rows)),
        Column.strings("text", texts(rows)),
        Column.matrix16("half", halfs.flip(), dimension),
        Column.longs("row", longs(rows)),
        Column.matrix32("single", floats(rows * dimension), dimension));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 513})
  void valuesLieWhereTheLayoutSays(int rows) throws IOException {
    int dimension = 5;
    Path file = folder.resolve("x.arrow");
    JsonNode layout = write(file, rows, dimension);
    try (MappedFile mapped = MappedFile.open(file)) {
      int[] codes = new int[rows];
      mapped.ints(layout.at("/code/offset").asLong(), rows, codes);
      assertThat(codes).isEqualTo(ints(rows));
      long[] numbers = new long[rows];
      mapped.longs(layout.at("/row/offset").asLong(), rows, numbers);
      assertThat(numbers).isEqualTo(longs(rows));
      float[] values = new float[rows * dimension];
      mapped.floats(layout.at("/single/offset").asLong(), values.length, values);
      assertThat(values).isEqualTo(floats(values.length));
      mapped.halfs(layout.at("/half/offset").asLong(), values.length, values);
      assertThat(values).isEqualTo(floats(values.length));
      assertThat(TextColumn.read(mapped, layout.get("text"))).isEqualTo(texts(rows));
    }
    assertThat(layout.at("/half/bytes").asLong()).isEqualTo(2L * rows * dimension);
    assertThat(layout.at("/half/type").asText()).isEqualTo("float16");
    assertThat(TextColumn.read(file, "text")).isEqualTo(texts(rows));
  }

  @Test
  void anyArrowReaderReadsIt() throws IOException {
    Path file = folder.resolve("x.arrow");
    write(file, 100, 3);
    try (RootAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(file);
        ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
      assertThat(reader.getRecordBlocks()).hasSize(1);
      assertThat(reader.loadNextBatch()).isTrue();
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertThat(root.getSchema().getCustomMetadata()).containsEntry("sid.format", "1");
      assertThat(root.getRowCount()).isEqualTo(100);
      assertThat(((IntVector) root.getVector("code")).get(99)).isEqualTo(99 * 7 - 3);
      assertThat(((BigIntVector) root.getVector("row")).get(99)).isEqualTo((1L << 40) * 99 - 1);
      assertThat(root.getVector("text").getObject(4)).isNull();
      assertThat(root.getVector("text").getObject(5)).hasToString("Größe 寸 🧦 5");
      FixedSizeListVector single = (FixedSizeListVector) root.getVector("single");
      assertThat(List.<Object>copyOf(single.getObject(99)))
          .isEqualTo(List.of(297 / 1024f - 1, 298 / 1024f - 1, 299 / 1024f - 1));
      assertThat(root.getVector("code").getNullCount()).isZero();
    }
  }

  @Test
  void sameColumnsGiveTheSameBytes() throws IOException {
    write(folder.resolve("a.arrow"), 300, 4);
    write(folder.resolve("b.arrow"), 300, 4);
    assertThat(folder.resolve("a.arrow")).hasSameBinaryContentAs(folder.resolve("b.arrow"));
    assertThat(Files.size(folder.resolve("a.arrow"))).isPositive();
  }
}
