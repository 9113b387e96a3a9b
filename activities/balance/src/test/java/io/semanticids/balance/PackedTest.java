package io.semanticids.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackedTest {
  private static final long[] EDGES = {0, 1, 127, 128, 1L << 31, Long.MAX_VALUE};

  /** Of every length, more than a piece holds. */
  private static long[] numbers() {
    SplittableRandom random = new SplittableRandom(1);
    return random.longs(20_000).map(value -> (value >>> 1) >>> (value & 63)).toArray();
  }

  private static byte[] written(long[]... sections) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (long[] section : sections) {
      try (Packed.Writer packed = new Packed.Writer(out)) {
        for (long value : section) {
          packed.write(value);
        }
      }
      out.writeInt(section.length);
    }
    return bytes.toByteArray();
  }

  @Test
  void numbersComeBackAndWhatFollowsThemToo() throws IOException {
    long[][] sections = {numbers(), {}, EDGES};
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(written(sections)));
    for (long[] section : sections) {
      Packed.Reader packed = new Packed.Reader(in);
      for (long value : section) {
        assertThat(packed.read()).isEqualTo(value);
      }
      assertThat(in.readInt()).isEqualTo(section.length);
    }
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void signedNumbersComeBackAndAreAdded() throws IOException {
    long[] values = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, -(1L << 40)};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Packed.Writer packed = new Packed.Writer(new DataOutputStream(bytes))) {
      packed.writeAll(values);
      packed.writeAll(values);
    }
    Packed.Reader packed =
        new Packed.Reader(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    long[] read = new long[values.length];
    packed.readAll(read);
    assertThat(read).containsExactly(values);
    packed.addAll(read);
    assertThat(read).containsExactly(Arrays.stream(values).map(value -> 2 * value).toArray());
  }

  @Test
  void smallNumbersTakeOneByte() throws IOException {
    assertThat(written(new long[] {0, 5, 127})).hasSize(4 + 3 + 4);
  }

  @Test
  void damageIsTold() throws IOException {
    byte[] cut = {0, 0, 0, 2, (byte) 0x80, (byte) 0x80};
    byte[] length = {0, 1, 0, 0, 1};
    for (byte[] bytes : new byte[][] {cut, length}) {
      Packed.Reader packed =
          new Packed.Reader(new DataInputStream(new ByteArrayInputStream(bytes)));
      assertThatThrownBy(packed::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged");
    }
    byte[] whole = written(EDGES);
    Packed.Reader packed =
        new Packed.Reader(new DataInputStream(new ByteArrayInputStream(whole, 0, 9)));
    assertThatThrownBy(packed::read).isInstanceOf(IOException.class);
  }
}
