package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} at ten random moments, or while a model embeds, then the same command once more:
 * it completes, what was committed is not done again, and what it leaves behind is that of a run
 * that nobody disturbed.
 */
class KillIT {
  private static final Path CHECKPOINT =
      Path.of("../../activities/embed/src/test/resources/checkpoints/qwen3-bf16");

  private static final int KILLS = 10;
  private static final long SEED = 20_261_124;

  /** A data object that is written while its marker is not: the one unit that is in flight. */
  private static final int IN_FLIGHT = 1;

  static Stream<Arguments> catalogues() {
    return Stream.of(
        arguments(
            "vectors-level",
            List.of("sample", "--vectors", "--items", "3000", "--dim", "24"),
            List.of("size=20,12", "uniform=true", "shardRows=512")),
        arguments(
            "vectors-prefix",
            List.of("sample", "--vectors", "--items", "2600", "--dim", "16"),
            List.of("size=9,7,5", "uniform=true", "scope=prefix", "shardRows=512")),
        arguments(
            "texts-last",
            List.of("sample", "--items", "1200"),
            List.of(
                "size=16,8",
                "uniform=true",
                "scope=last",
                "maxTokens=16",
                "group=group",
                "shardRows=512")));
  }

  @ParameterizedTest
  @MethodSource("catalogues")
  void tenTimes(String name, List<String> sample, List<String> settings) throws Exception {
    Path folder = Work.folder("kill-" + name);
    Program program =
        Program.in(folder).brief().with("SID_CACHE", folder.resolve("cache").toString());
    String file = sample.contains("--vectors") ? "items.npy" : "items.jsonl";
    program
        .run(Stream.concat(sample.stream(), Stream.of("--output", file)).toArray(String[]::new))
        .succeeded();
    List<String> command = new ArrayList<>(List.of("run", file, "--output", "out"));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    String[] run = command.toArray(String[]::new);
    // Both runs use the same folder, one after the other, so that their requests are the same.
    Path output = folder.resolve("out");
    Committed committed = new Committed(Artifacts.below(output));
    assertThat(killAt(program, run, committed, () -> false, 0)).isFalse();
    int commits = committed.ever();
    Path undisturbed = folder.resolve("undisturbed");
    Files.move(output, undisturbed);

    Random random = new Random(SEED);
    Committed disturbed = new Committed(Artifacts.below(output));
    Set<String> begun = new HashSet<>();
    int kills = 0;
    for (int i = 0; i < KILLS; i++) {
      int at = (commits - 1) * i / KILLS + random.nextInt(Math.max(1, commits / KILLS));
      boolean killed =
          killAt(program, run, disturbed, () -> disturbed.ever() >= at, random.nextInt(250));
      kills += killed ? 1 : 0;
      Set<String> inFlight = Artifacts.below(output).orphans();
      inFlight.removeAll(begun);
      begun.addAll(inFlight);
      System.out.printf(
          "%s: %s after %d of %d commits, in flight %s%n",
          name, killed ? "killed" : "done", disturbed.ever(), commits, inFlight);
      assertThat(inFlight).as("in flight at kill %d", i).hasSizeLessThanOrEqualTo(IN_FLIGHT);
    }
    assertThat(kills).as("kills before the run was done").isGreaterThan(KILLS / 2);

    program.run(run).succeeded();
    disturbed.look();
    assertThatNothingShows(program, output, undisturbed);
    JsonNode timings = Published.only(output).json("timings.json");
    System.out.printf(
        "%s: %d kills, %d units had begun; timings %s%n", name, kills, begun.size(), timings);
  }

  /** A checkpoint's embeddings: killed when one, three and five of six shards are done. */
  @Test
  void whileACheckpointEmbeds() throws Exception {
    Path folder = Work.folder("kill-checkpoint");
    Program program =
        Program.in(folder).brief().with("SID_CACHE", folder.resolve("cache").toString());
    program.run("sample", "--items", "3000", "--output", "items.jsonl").succeeded();
    List<String> command = new ArrayList<>(List.of("run", "items.jsonl", "--output", "out"));
    for (String setting :
        List.of(
            "model=checkpoint",
            "weights=" + CHECKPOINT.toRealPath(),
            "size=16,8",
            "uniform=true",
            "shardRows=512")) {
      command.addAll(List.of("--set", setting));
    }
    String[] run = command.toArray(String[]::new);
    Path output = folder.resolve("out");
    program.run(run).succeeded();
    Path undisturbed = folder.resolve("undisturbed");
    Files.move(output, undisturbed);
    int shards = new Committed(Artifacts.below(undisturbed)).look().shards("embed");
    assertThat(shards).isEqualTo(6);

    Random random = new Random(SEED);
    Committed committed = new Committed(Artifacts.below(output));
    for (int done = 1; done < shards; done += 2) {
      int enough = done;
      boolean killed =
          killAt(
              program,
              run,
              committed,
              () -> committed.shards("embed") >= enough,
              random.nextInt(9));
      System.out.printf("killed with %d of %d shards%n", committed.shards("embed"), shards);
      assertThat(killed).isTrue();
      assertThat(committed.shards("embed")).as("shards at the kill").isBetween(done, shards - 1);
    }
    program.run(run).succeeded();
    committed.look();
    assertThatNothingShows(program, output, undisturbed);
  }

  /** The disturbed run left what the other one did, to the byte, but for what {@code gc} finds. */
  private static void assertThatNothingShows(Program program, Path output, Path undisturbed) {
    program.run("gc", output.toString(), "--delete").succeeded();
    assertThat(Artifacts.below(output).checksums())
        .as("what is there in the end")
        .isEqualTo(Artifacts.below(undisturbed).checksums());
    assertThat(Published.only(output).sameEachTime())
        .isEqualTo(Published.only(undisturbed).sameEachTime());
    assertThat(program.folder().resolve("cache/temporary"))
        .as("native libraries and halves of objects of killed processes")
        .isEmptyDirectory();
  }

  /**
   * Kills the command as soon as what was ever committed is enough, and a little later.
   *
   * @return false: it was done before
   */
  private static boolean killAt(
      Program program, String[] run, Committed committed, BooleanSupplier enough, int milliseconds)
      throws IOException, InterruptedException {
    Path err = program.folder().resolve("killed.err");
    Process process = program.start(program.folder().resolve("killed.out"), err, run);
    try {
      do {
        committed.look();
      } while (!enough.getAsBoolean() && !process.waitFor(10, TimeUnit.MILLISECONDS));
      process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly();
    }
    int exitCode = process.waitFor();
    committed.look();
    if (exitCode != 0) {
      // 128 + SIGKILL; everything else is an error of the program.
      assertThat(exitCode).as(Files.readString(err)).isEqualTo(137);
    }
    return exitCode != 0;
  }

  /** All markers and manifests that were ever seen: none changes, none goes but consumed ones. */
  private static final class Committed {
    private final Artifacts artifacts;
    private final Map<String, String> ever = new TreeMap<>();

    Committed(Artifacts artifacts) {
      this.artifacts = artifacts;
    }

    Committed look() {
      Map<String, String> now = artifacts.committed();
      ever.forEach(
          (file, content) -> {
            Path manifest = Path.of(file).resolveSibling("manifest.json");
            // Scratch goes when its stage is done; sorted copies leave no manifest.
            boolean consumed = artifacts.exists(manifest) || file.startsWith("shuffle/");
            assertThat(now.getOrDefault(file, consumed ? content : "gone"))
                .as(file)
                .isEqualTo(content);
          });
      ever.putAll(now);
      return this;
    }

    int ever() {
      return ever.size();
    }

    /** How many shards of a stage there are. */
    int shards(String stage) {
      return Math.toIntExact(
          ever.keySet().stream()
              .filter(file -> file.matches(stage + "/.*/part-\\d+\\.json"))
              .count());
    }
  }
}
