package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A sweep, and the plan of one of its runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepIT {
  private static final int ROWS = 600;

  private Path folder;
  private Program program;
  private JsonNode sweep;

  @BeforeAll
  void run() {
    folder = Work.folder("sweep");
    program = Program.in(folder).brief();
    Inputs.vectors(ROWS, 8, 3).write(folder.resolve("v.npy"));
    sweep = program.run(four("--json")).succeeded().json();
  }

  /** The shape of the published configurations: two sizes, balanced or not. */
  private static String[] four(String... more) {
    List<String> command = new ArrayList<>(List.of("sweep", "v.npy", "--output", "out"));
    command.addAll(List.of("--name", "four", "--set", "scope=prefix"));
    for (String value : List.of("size=4", "size=9,5", "uniform=false", "uniform=true")) {
      command.addAll(List.of("--vary", value));
    }
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  @Test
  void everyCombinationIsARunWhoseFiguresAreItsOwn() throws IOException {
    assertThat(sweep.path("runs")).hasSize(4);
    for (JsonNode run : sweep.path("runs")) {
      Path of = folder.resolve("out/runs").resolve(run.path("run").asText());
      JsonNode report = new Published(of).report();
      boolean balanced = run.at("/settings/uniform").asBoolean();
      assertThat(run.path("collisionRate"))
          .isEqualTo(report.at("/paths/" + (balanced ? "after" : "before") + "/collisionRate"));
      assertThat(run.path("floor")).isEqualTo(report.at("/floors/pigeonhole"));
      if (balanced) {
        assertThat(run.path("excess").asDouble()).isCloseTo(0, within(1e-12));
      }
    }
    assertThat(Files.readString(folder.resolve("out/sweeps/four/sweep.html")))
        .contains("9,5, uniform", "<svg")
        .doesNotContain("<script", "http://", "https://");
  }

  @Test
  void whatRunsShareIsComputedOnce() throws IOException {
    assertThat(artifacts("prepare")).isEqualTo(1);
    assertThat(artifacts("encode")).isEqualTo(2);
    assertThat(artifacts("fit")).isEqualTo(3 + 2);
  }

  @Test
  void againFindsEverythingAndAnotherMayNotTakeItsName() {
    Map<String, String> before = Work.content(folder.resolve("out"));
    assertThat(program.run(four("--json")).succeeded().json()).isEqualTo(sweep);
    Outcome other = program.run(four("--vary", "size=6"));
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("'four'", "Choose another name");
    assertThat(Work.content(folder.resolve("out"))).isEqualTo(before);
    assertThat(program.run("gc", "out").succeeded().out()).contains("0 B can be deleted");
  }

  @Test
  void otherDataUnderTheSameNameIsRefusedEvenWhereTheRunsAreGone() throws IOException {
    Inputs.vectors(ROWS, 8, 4).write(folder.resolve("w.npy"));
    String[] command = {"sweep", "w.npy", "--output", "again", "--name", "s", "--vary", "size=4"};
    program.run(command).succeeded();
    Inputs.vectors(ROWS, 8, 5).write(folder.resolve("w.npy"));
    Outcome changed = program.run(command);
    assertThat(changed.exitCode()).isEqualTo(2);
    assertThat(changed.err()).contains("same request over other data");
    Work.delete(folder.resolve("again/runs"));
    Outcome alone = program.run(command);
    assertThat(alone.exitCode()).isEqualTo(2);
    assertThat(alone.err()).contains("'s'", "same runs over other data", "delete that folder");
    Work.delete(folder.resolve("again/sweeps"));
    program.run(command).succeeded();
  }

  @Test
  void allProblemsOfAllRunsAreSaidBeforeAnythingStarts() {
    Outcome outcome =
        program.run(
            "sweep",
            "v.npy",
            "--output",
            "refused",
            "--set",
            "seeed=1",
            "--vary",
            "size=0",
            "--vary",
            "size=4",
            "--vary",
            "scope=lvel");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("seeed", "size: 0 is too small", "lvel");
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  @Test
  void aPlanSaysWhatCannotBeReached() {
    JsonNode plan =
        program
            .run("plan", "v.npy", "--output", "planned", "--set", "size=4", "--json")
            .succeeded()
            .json();
    assertThat(plan.at("/items/train").asInt()).isEqualTo(ROWS);
    assertThat(plan.at("/collisions/pigeonhole").asDouble())
        .isCloseTo(1 - 64.0 / ROWS, within(1e-12))
        .isEqualTo(sweep.at("/runs/0/floor").asDouble());
    assertThat(plan.path("seconds").asDouble()).isPositive();
    assertThat(plan.path("warnings").toString()).contains("64 paths for 600 items");
    assertThat(plan.path("suggestions").toString()).contains("size=16 at 3 levels");
    assertThat(folder.resolve("planned")).doesNotExist();
  }

  private long artifacts(String stage) throws IOException {
    try (Stream<Path> fingerprints = Files.list(folder.resolve("out/artifacts").resolve(stage))) {
      return fingerprints.count();
    }
  }
}
