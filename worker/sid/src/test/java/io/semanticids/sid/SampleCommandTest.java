package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCommandTest {
  @TempDir private Path folder;

  @Test
  void sameSeedSameBytes() throws Exception {
    Path one = folder.resolve("one.jsonl");
    Path other = folder.resolve("deep/other.jsonl");
    assertThat(sample("--items", "50", "--output", one.toString()).exitCode()).isZero();
    assertThat(sample("--items", "50", "--output", other.toString()).exitCode()).isZero();
    assertThat(one).hasSameBinaryContentAs(other);
    assertThat(Files.readAllLines(one)).hasSize(50);
  }

  @Test
  void vectors() {
    Path file = folder.resolve("vectors.npy");
    Cli cli = sample("--vectors", "--items", "30", "--dim", "8", "--output", file.toString());
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().strip()).isEqualTo(file.toString());
    assertThat(file).hasSize(128 + 30 * 8 * 2);
  }

  @Test
  void endingThatReadersWouldNotKnow() {
    Cli cli =
        sample("--vectors", "--items", "30", "--output", folder.resolve("x.jsonl").toString());
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains(".npy");
  }

  @Test
  void noItems() {
    Cli cli = sample("--items", "0", "--output", folder.resolve("x.jsonl").toString());
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("--items 0");
  }

  @Test
  void folderThatCannotBe() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Cli cli = sample("--items", "3", "--output", file.resolve("x.jsonl").toString());
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("cannot be written").contains("--output");
  }

  private static Cli sample(String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "sample";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return Cli.run(arguments);
  }
}
