package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixFileTest {
  @TempDir private Path folder;

  @Test
  void appendsAndRepeatsRows() throws Exception {
    Path file = folder.resolve("m.npy");
    float[] values = {1, 2, 3, 4, 5, 6};
    try (MatrixFile matrix = MatrixFile.create(file, 3)) {
      matrix.append(values, 1);
      matrix.append(values, 0);
      matrix.repeat(0);
      assertThat(matrix.rows()).isEqualTo(3);
    }
    byte[] bytes = Files.readAllBytes(file);
    String header = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
    assertThat(header).contains("'shape': (3, 3)").contains("<f4").endsWith("\n");
    float[] rows = new float[9];
    ByteBuffer.wrap(bytes, 128, 36).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(rows);
    assertThat(rows).containsExactly(4, 5, 6, 1, 2, 3, 4, 5, 6);
  }
}
