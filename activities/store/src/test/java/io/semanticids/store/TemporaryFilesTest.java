package io.semanticids.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFilesTest {
  @TempDir Path folder;

  /** Leaves a file, says where, and waits to be killed. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) throws IOException {
      TemporaryFiles files = TemporaryFiles.open(Path.of(arguments[0]));
      System.out.println(Files.writeString(files.next("txt"), "half"));
      System.in.read();
    }
  }

  @Test
  void filesOfAKilledProcessAreRemovedAndThoseOfALivingOneStay() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path left = Path.of(process.inputReader().readLine());
    TemporaryFiles first = TemporaryFiles.open(folder);
    assertThat(left).exists();
    process.destroyForcibly().waitFor();
    TemporaryFiles second = TemporaryFiles.open(folder);
    assertThat(left.getParent()).doesNotExist();
    assertThat(first.folder()).exists();
    Path own = Files.writeString(first.next("txt"), "x");
    first.close();
    assertThat(own).doesNotExist();
    second.close();
    assertThat(folder.resolve("temporary")).isEmptyDirectory();
  }
}
