package io.semanticids.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedFileTest {
  @TempDir Path folder;

  /** Whatever the offset, values cross the borders of windows. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8, 11, 63, 64, 65})
  void valuesThatCrossWindowsAreWhole(int offset) throws IOException {
    valuesAreWhole(offset, false);
    valuesAreWhole(offset, true);
  }

  private void valuesAreWhole(int offset, boolean scattered) throws IOException {
    int count = 40;
    Path file = folder.resolve("x");
    ByteBuffer content =
        ByteBuffer.allocate(offset + count * 26).order(ByteOrder.LITTLE_ENDIAN).position(offset);
    for (int i = 0; i < count; i++) {
      content.putInt(i * 1_000_003);
    }
    for (int i = 0; i < count; i++) {
      content.putLong(i * 1_000_000_000_003L);
    }
    for (int i = 0; i < count; i++) {
      content.putFloat(i + 0.5f);
    }
    for (int i = 0; i < count; i++) {
      content.putDouble(i + 0.25);
    }
    for (int i = 0; i < count; i++) {
      content.putShort(HalfFloats.of(i - 20));
    }
    Files.write(file, content.array());
    try (MappedFile whole = MappedFile.open(file, 64, scattered ? 0 : Long.MAX_VALUE)) {
      MappedFile mapped = scattered ? whole.scattered() : whole;
      assertThat(mapped != whole).isEqualTo(scattered);
      int[] ints = new int[count];
      long[] longs = new long[count];
      float[] floats = new float[count];
      float[] doubles = new float[count];
      float[] halfs = new float[count];
      mapped.ints(offset, count, ints);
      mapped.longs(offset + 4L * count, count, longs);
      mapped.floats(offset + 12L * count, count, floats);
      mapped.doubles(offset + 16L * count, count, doubles);
      mapped.halfs(offset + 24L * count, count, halfs);
      for (int i = 0; i < count; i++) {
        assertThat(ints[i]).isEqualTo(i * 1_000_003);
        assertThat(longs[i]).isEqualTo(i * 1_000_000_000_003L);
        assertThat(floats[i]).isEqualTo(i + 0.5f);
        assertThat(doubles[i]).isEqualTo(i + 0.25f);
        assertThat(halfs[i]).isEqualTo(i - 20f);
      }
    }
  }

  @Test
  void aFileOfFiveGigabytesIsReadAtItsEnd() throws IOException {
    Path file = folder.resolve("sparse");
    long bytes = 5L << 30;
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      ByteBuffer value =
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).putFloat(2);
      channel.write(value.duplicate().flip(), bytes - 8);
      channel.write(value.duplicate().flip(), (3L << 30) - 4);
    }
    try (MappedFile mapped = MappedFile.open(file)) {
      float[] values = new float[3];
      assertThat(mapped.bytes()).isEqualTo(bytes);
      mapped.floats(bytes - 12, 3, values);
      assertThat(values).containsExactly(0, 1, 2);
      mapped.floats((3L << 30) - 4, 3, values);
      assertThat(values).containsExactly(1, 2, 0);
    }
  }

  @Test
  void whatIsNotThereIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("x"), new byte[100]);
    MappedFile mapped = MappedFile.open(file);
    mapped.floats(0, 25, new float[25]);
    mapped.floats(100, 0, new float[0]);
    for (long offset : new long[] {-1, 1, 97, 100, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> mapped.floats(offset, 25, new float[25]))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("has 100 bytes");
    }
    assertThatThrownBy(() -> mapped.floats(0, 2, new float[1]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    mapped.close();
    assertThatThrownBy(() -> mapped.ints(0, 1, new int[1]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> MappedFile.open(folder.resolve("none")))
        .isInstanceOf(MissingObjectException.class);
  }

  @Test
  void anEmptyFileIsMapped() throws IOException {
    try (MappedFile mapped = MappedFile.open(Files.write(folder.resolve("x"), new byte[0]))) {
      mapped.longs(0, 0, new long[0]);
      assertThat(mapped.bytes()).isZero();
    }
  }
}
