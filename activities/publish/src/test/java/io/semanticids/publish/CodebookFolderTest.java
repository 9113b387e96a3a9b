package io.semanticids.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodebookFolderTest {
  @TempDir Path folder;

  @Test
  void isReadAsItWasWritten() throws IOException {
    Codebook codebook = Fixtures.codebook(Fixtures.model());

    assertThat(CodebookFolder.write(codebook, folder))
        .containsExactly(
            "centroids-1.npy",
            "centroids-2.npy",
            "potentials-2.npy",
            "centroids-3.npy",
            "potentials-3.npy",
            "codebook.json");

    Codebook read = CodebookFolder.read(folder);
    assertThat(read).usingRecursiveComparison().isEqualTo(codebook);
    assertThat(read.sizes()).containsExactly(4, 5, 2);
  }

  @Test
  void descriptionNamesModelTextAndFiles() throws IOException {
    CodebookFolder.write(Fixtures.codebook(Fixtures.model()), folder);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("codebook.json").toFile());
    assertThat(json.get("format").textValue()).isEqualTo("semantic-ids-codebook");
    assertThat(json.at("/model/name").textValue()).isEqualTo("minilm");
    assertThat(json.at("/model/pooling").textValue()).isEqualTo("mean");
    assertThat(json.at("/text/fields/1").textValue()).isEqualTo("description");
    assertThat(json.get("dimension").intValue()).isEqualTo(3);
    assertThat(json.get("uniform").toString()).isEqualTo("[false,true,true]");
    assertThat(json.at("/levels/1/prefixes").intValue()).isEqualTo(4);
    assertThat(json.at("/levels/1/costFactor").doubleValue()).isEqualTo(1 << 20);
    assertThat(json.at("/levels/0").has("potentials")).isFalse();
  }

  /** Without it the description says nothing of it, as it did before there was any. */
  @Test
  void givenVectorsOfLengthOneAreSaidToBe() throws IOException {
    Path json = folder.resolve("codebook.json");
    CodebookFolder.write(Fixtures.codebook(null), folder);
    assertThat(new ObjectMapper().readTree(json.toFile()).has("normalize")).isFalse();
    assertThat(CodebookFolder.read(folder).normalize()).isFalse();

    Codebook codebook = Fixtures.codebook(null, true);
    CodebookFolder.write(codebook, folder);
    JsonNode written = new ObjectMapper().readTree(json.toFile());
    assertThat(written.get("normalize").isBoolean()).isTrue();
    assertThat(written.get("version").intValue()).isEqualTo(1);
    assertThat(CodebookFolder.read(folder)).usingRecursiveComparison().isEqualTo(codebook);

    assertThatThrownBy(() -> Fixtures.codebook(Fixtures.model(), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minilm");
  }

  @Test
  void arraysAreInTheFormatOfNumPy() throws IOException {
    Npy.write(folder.resolve("a.npy"), new float[] {1, 2, 3, 4, 5, -6.5f}, 2, 3);
    byte[] bytes = Files.readAllBytes(folder.resolve("a.npy"));
    // The format's definition: magic, version 1.0, length of the header; data at a multiple of 64.
    assertThat(Arrays.copyOf(bytes, 8)).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
    int start = 10 + (bytes[8] & 0xff) + 256 * bytes[9];
    assertThat(start % 64).isZero();
    assertThat(bytes).hasSize(start + 24);
    String header = new String(bytes, 10, start - 10, StandardCharsets.US_ASCII);
    assertThat(header)
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
        .endsWith("\n");
    float[] values = new float[6];
    ByteBuffer.wrap(bytes, start, 24).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    assertThat(values).containsExactly(1, 2, 3, 4, 5, -6.5f);
  }

  @Test
  void largeArraysAreWrittenInPieces() throws IOException {
    int[] values = new int[700_000];
    Arrays.setAll(values, i -> i * 31);
    Npy.write(folder.resolve("large.npy"), values, 1_000, 700);
    try (var in = Files.newInputStream(folder.resolve("large.npy"))) {
      assertThat(Npy.readInts(in, "large.npy", 1_000, 700)).isEqualTo(values);
    }
  }

  @Test
  void missingAndForeignFoldersAreRefused() throws IOException {
    assertRefused(() -> CodebookFolder.read(folder), "has no codebook.json");
    Path json = folder.resolve("codebook.json");
    Files.writeString(json, "{\"levels\": [");
    assertRefused(() -> CodebookFolder.read(folder), "cannot be read");
    Files.writeString(json, "{}");
    assertRefused(() -> CodebookFolder.read(folder), "says format 'null'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\" : 1 | \"version\" : 2 | is of version 2",
        "\"size\" : 5 | \"size\" : 6 | should hold 6 x 3",
        "\"prefixes\" : 4 | \"prefixes\" : 5 | should hold 5 x 5",
        "centroids-2.npy | ../centroids-2.npy | plain names",
        "\"costFactor\" : 1048576.0 | \"costFactor\" : 0.0 | costFactor (0.0)",
      })
  void descriptionsThatDoNotFitAreRefused(String from, String to, String message)
      throws IOException {
    CodebookFolder.write(Fixtures.codebook(null), folder);
    Path json = folder.resolve("codebook.json");
    String text = Files.readString(json);
    assertThat(text).contains(from);
    Files.writeString(json, text.replaceFirst(from, to));
    assertRefused(() -> CodebookFolder.read(folder), message);
  }

  @Test
  void damagedArraysAreRefused() throws IOException {
    CodebookFolder.write(Fixtures.codebook(null), folder);
    Path file = folder.resolve("centroids-1.npy");
    byte[] whole = Files.readAllBytes(file);

    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(() -> CodebookFolder.read(folder), "centroids-1.npy ends early");
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertRefused(() -> CodebookFolder.read(folder), "centroids-1.npy goes on");
    byte[] infinite = whole.clone();
    infinite[whole.length - 1] = 0x7f;
    infinite[whole.length - 2] = (byte) 0x80;
    infinite[whole.length - 3] = 0;
    infinite[whole.length - 4] = 0;
    Files.write(file, infinite);
    assertRefused(() -> CodebookFolder.read(folder), "centroids-1.npy holds Infinity");
    Files.writeString(file, "no array at all, but long enough");
    assertRefused(() -> CodebookFolder.read(folder), "is not a .npy file");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(CodebookException.class).hasMessageContaining(message);
  }
}
