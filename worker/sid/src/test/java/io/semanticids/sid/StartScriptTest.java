package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start script with a Java that only says how it was started. */
class StartScriptTest {
  private static final Path SCRIPT = Path.of("src/main/bin/sid").toAbsolutePath();

  @TempDir private Path folder;
  private Path installed;

  private record Ended(int exitCode, String output) {}

  @BeforeEach
  void install() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("a folder/sid/bin"));
    installed = Files.copy(SCRIPT, bin.resolve("sid"));
    assertThat(installed.toFile().setExecutable(true)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"17.0.15,false", "21.0.2,false", "24,true", "25.0.3,true"})
  void flagsFollowTheJavaVersion(String version, boolean quiet) throws Exception {
    Ended ended = run(installed, java(version), "run", "--name", "two words");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output())
        .contains("[--add-opens=java.base/java.nio=ALL-UNNAMED]")
        .contains("[two words]")
        .contains("[io.semanticids.sid.Main]");
    assertThat(ended.output().contains("[--sun-misc-unsafe-memory-access=allow]")).isEqualTo(quiet);
  }

  @Test
  void arithmeticIsReproducible() throws Exception {
    Ended ended = run(installed, java("17"), "run");
    assertThat(ended.output()).containsPattern("MKL_CBWR=AVX(512|2),STRICT").contains("OMP=1");
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    Path first = Files.createSymbolicLink(folder.resolve("first"), installed);
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));
    assertThat(first).exists();
    assertThat(run(second, java("17"), "schema").output())
        .contains("[" + installed.getParent().getParent().toRealPath() + "/lib/sid.jar]");
  }

  @Test
  void javaThatIsTooOld() throws Exception {
    Ended ended = run(installed, java("11.0.2"));
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("Java 17 or later").contains("11").contains("JAVA_HOME");
  }

  @Test
  void javaThatIsMissing() throws Exception {
    Ended ended = run(installed, folder.resolve("nothing"));
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("JAVA_HOME is " + folder.resolve("nothing"));
  }

  private Path java(String version) throws IOException {
    Path home = folder.resolve("java-" + version);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo "MKL_CBWR=$MKL_CBWR OMP=$OMP_NUM_THREADS"
        printf '[%s]\\n' "$@"
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private static Ended run(Path script, Path javaHome, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(script.toString());
    builder.command().addAll(List.of(arguments));
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", javaHome.toString());
    environment.remove("MKL_CBWR");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
