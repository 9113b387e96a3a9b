package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cut into shards, threads, and the version of Java change no byte of what is published but the
 * request and the lineage, which name them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameBytesIT {
  private static final List<String> BALANCED =
      List.of("--set", "size=40,25,10", "--set", "uniform=true");

  private Path folder;
  private Program program;
  private Map<String, String> expected;

  @BeforeAll
  void inputs() {
    folder = Work.folder("same-bytes");
    program = Program.in(folder);
    program
        .run(
            "sample",
            "--vectors",
            "--items",
            "5000",
            "--dim",
            "48",
            "--seed",
            "3",
            "--output",
            "items.npy")
        .succeeded();
    // One shard holds all rows, as many threads as there are processors.
    expected = run(program, "expected", List.of());
    assertThat(expected)
        .containsKeys(
            "semantic-ids/part-00000.parquet",
            "semantic-ids.jsonl",
            "index.json",
            "codebook/centroids-3.npy",
            "codebook/potentials-3.npy",
            "codebook/before/centroids-3.npy",
            "report.json",
            "report.html");
  }

  private Map<String, String> run(Program on, String output, List<String> more) {
    return run(on, output, BALANCED, more);
  }

  private Map<String, String> run(
      Program on, String output, List<String> settings, List<String> more) {
    return Published.of(on.run(command(output, settings, more))).sameEverywhere();
  }

  private static String[] command(String output, List<String> settings, List<String> more) {
    return Stream.of(List.of("run", "items.npy", "--output", output), settings, more)
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({"512,1", "512,2", "2048,1", "2048,3", "8192,1", "8192,2"})
  void shardsAndThreads(int shardRows, int threads) {
    assertThat(
            run(
                program,
                "rows-%d-threads-%d".formatted(shardRows, threads),
                List.of("--set", "shardRows=" + shardRows, "--threads", "" + threads)))
        .isEqualTo(expected);
  }

  /** The small problems inside prefixes are solved in parallel. */
  @ParameterizedTest
  @CsvSource({"last", "prefix"})
  void shardsAndThreadsInsidePrefixes(String scope) {
    List<String> inside =
        List.of("--set", "size=30,20,8", "--set", "uniform=true", "--set", "scope=" + scope);
    assertThat(
            run(
                program,
                scope + "-many",
                inside,
                List.of("--set", "shardRows=512", "--threads", "2")))
        .isEqualTo(run(program, scope + "-one", inside, List.of("--threads", "1")));
  }

  /** Nothing that the just-in-time compiler does may show. */
  @Test
  void compilers() {
    assertThat(run(program.brief(), "first-tier", List.of())).isEqualTo(expected);
  }

  @Test
  void otherJava() throws IOException {
    int own = Runtime.version().feature();
    int wanted = own < 24 ? 25 : 17;
    Optional<Path> other = java(wanted);
    assumeTrue(other.isPresent(), "there is no Java " + wanted + " below /usr/lib/jvm");
    Program on = program.with("JAVA_HOME", other.orElseThrow().toString());
    Outcome outcome = on.run(command("java-" + wanted, BALANCED, List.of()));
    assertThat(outcome.err()).doesNotContain("WARNING");
    assertThat(Published.of(outcome).sameEverywhere()).isEqualTo(expected);

    // What one Java has begun the other may finish: nothing is computed anew.
    Outcome again = on.run(command("expected", BALANCED, List.of()));
    assertThat(Published.of(again).sameEverywhere()).isEqualTo(expected);
  }

  private static Optional<Path> java(int version) throws IOException {
    String named = System.getenv("JAVA_" + version + "_HOME");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(all)) {
      return homes
          .filter(home -> home.getFileName().toString().matches(".*\\b" + version + "\\b.*"))
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .sorted()
          .findFirst();
    }
  }

  /** The device class enters what is computed: results of two classes are not mixed. */
  @Test
  void otherInstructionsAreAnotherDeviceClass() {
    Program avx2 = program.with("MKL_CBWR", "AVX2,STRICT").with("ATEN_CPU_CAPABILITY", "avx2");
    Outcome outcome = avx2.run(command("avx2", BALANCED, List.of()));
    assertThat(Published.of(outcome).json("manifest.json").path("deviceClass").asText())
        .contains("AVX2");
  }
}
