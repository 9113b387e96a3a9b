package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Places that are not there, not allowed, taken or full. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadPlaceIT {
  private Path folder;
  private Path output;

  @BeforeAll
  void inputs() {
    folder = Work.folder("bad-place");
    output = folder.resolve("out");
    Work.write(folder.resolve("items.jsonl"), Inputs.lines(20, Inputs::item));
    Inputs.vectors(60, 8, 1).write(folder.resolve("vectors.npy"));
    Program.in(folder)
        .brief()
        .run("run", "vectors.npy", "--name", "there", "--set", "size=4", "--output", "out")
        .succeeded();
  }

  private Refusal refusal() {
    return new Refusal(Program.in(folder).brief(), output);
  }

  @Test
  void otherSchemes() {
    refusal().run(Refusal.INVALID, List.of("gs://bucket/items/"), List.of("gs", "s3://"));
    refusal().run(Refusal.INVALID, List.of("http://example.com/items.jsonl"), List.of("http"));
  }

  @Test
  void wayBackInUris() {
    String uri = folder.resolve("runs").toUri() + "/../items.jsonl";
    refusal().run(Refusal.INVALID, List.of(uri), List.of(".."));
    refusal()
        .run(
            Refusal.INVALID, List.of("items.jsonl", "--output", "s3://bucket/../x"), List.of(".."));
  }

  @Test
  void linkOutOfTheDataset() throws IOException {
    Path dataset = Files.createDirectories(folder.resolve("linked"));
    Work.write(dataset.resolve("a.jsonl"), Inputs.lines(20, Inputs::item));
    Files.createSymbolicLink(dataset.resolve("b.jsonl"), Path.of("/etc/hostname"));
    refusal().run(Refusal.FAILED, List.of("linked"), List.of("b.jsonl", "outside the roots"));
  }

  @Test
  void linkOutOfTheOutput() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path linked = Files.createDirectories(folder.resolve("linked-output"));
    Files.createSymbolicLink(linked.resolve("runs"), elsewhere);
    refusal()
        .run(
            Refusal.FAILED,
            List.of("vectors.npy", "--set", "size=4", "--output", "linked-output"),
            List.of("outside the roots"));
    assertThat(elsewhere).isEmptyDirectory();
  }

  /** A link that the user names is meant. */
  @Test
  void linkThatIsNamed() throws IOException {
    Files.createSymbolicLink(folder.resolve("here.npy"), folder.resolve("vectors.npy"));
    Program.in(folder)
        .brief()
        .run("run", "here.npy", "--set", "size=4", "--output", folder.resolve("named").toString())
        .succeeded();
  }

  @Test
  void nameThatIsTaken() {
    refusal()
        .run(
            Refusal.INVALID,
            List.of("vectors.npy", "--name", "there", "--set", "size=5"),
            List.of("'there'", "taken by a different request", "another name"));
    refusal()
        .run(
            Refusal.INVALID,
            List.of("items.jsonl", "--name", "there", "--set", "size=4"),
            List.of("'there'", "taken by a different request"));
  }

  /** The dataset is another one although it has the same name: as much another request. */
  @Test
  void nameThatIsTakenByAnotherContent() throws IOException {
    Path data = folder.resolve("changing.npy");
    Path changing = folder.resolve("changing");
    Inputs.vectors(60, 8, 1).write(data);
    String[] command = {"run", "changing.npy", "--set", "size=4", "--output", "changing"};
    Program.in(folder).brief().run(command).succeeded();
    Map<String, String> before = Work.content(changing.resolve("runs"));
    Inputs.vectors(60, 8, 2).write(data);
    Outcome outcome = Program.in(folder).brief().run(command);
    Refusal.check(outcome, Refusal.INVALID, List.of("changed", "name"));
    assertThat(Work.content(changing.resolve("runs"))).isEqualTo(before);
  }

  @Test
  void outputThatIsAFile() {
    refusal()
        .run(
            Refusal.FAILED,
            List.of("vectors.npy", "--output", "items.jsonl"),
            List.of("items.jsonl"));
  }

  @Test
  void outputThatCannotBeWritten() throws IOException {
    Path disk = Files.createDirectories(folder.resolve("read-only"));
    assumeTrue(mount("tmpfs", disk, "size=1m,ro"), "nothing can be mounted here");
    try {
      refusal()
          .run(
              Refusal.FAILED,
              List.of("vectors.npy", "--output", "read-only/out"),
              List.of("read-only/out", "read-only file system", "another"));
    } finally {
      unmount(disk);
    }
  }

  /** Root reads everything: the program is started as nobody. */
  @Test
  void datasetThatMayNotBeRead() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv");
    Path secret =
        Work.write(folder.resolve("secret.npy"), Files.readAllBytes(folder.resolve("vectors.npy")));
    Files.setPosixFilePermissions(secret, Set.of());
    Path open = Files.createDirectories(folder.resolve("nobody"));
    open.toFile().setWritable(true, false);
    Program nobody =
        Program.in(folder)
            .brief()
            .with("SID_CACHE", open.resolve("cache").toString())
            .with("HOME", open.toString())
            .startedBy("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    assumeTrue(nobody.run("--version").exitCode() == 0, "nobody may not start the program here");
    Outcome outcome = nobody.run("run", "secret.npy", "--output", open.resolve("out").toString());
    System.out.println(outcome.err());
    Refusal.check(outcome, outcome.exitCode(), List.of("secret.npy", "permission"));
    assertThat(outcome.exitCode()).isIn(Refusal.FAILED, Refusal.INVALID);
    assertThat(open.resolve("out/runs")).doesNotExist();
    Files.delete(secret);
  }

  /**
   * A disk that is seen to be too small is refused; one that fills says so; with room it goes on.
   */
  @Test
  void fullDisk() throws IOException {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(mount("tmpfs", disk, "size=300k"), "nothing can be mounted here");
    try {
      Inputs.vectors(3_000, 16, 1).write(folder.resolve("more.npy"));
      String[] command = {
        "run", "more.npy", "--set", "size=16,16", "--set", "uniform=true", "--output", "disk/out"
      };
      Outcome small = Program.in(folder).brief().run(command);
      System.out.println(small.err());
      Refusal.check(small, Refusal.FAILED, List.of("disk/out", "free", "--output"));
      assertThat(disk).isEmptyDirectory();
      // Where a run has begun, what the plan counts may be there already: it may go on.
      Files.createDirectories(disk.resolve("out/artifacts"));
      Outcome full = Program.in(folder).brief().run(command);
      System.out.println(full.err());
      Refusal.check(full, Refusal.FAILED, List.of("The disk is full", "disk/out", "free space"));
      try (var runs = Files.walk(disk.resolve("out/runs"))) {
        assertThat(runs.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
            .isSubsetOf("request.json");
      }
      assertThat(mount("tmpfs", disk, "remount,size=50m")).isTrue();
      Program.in(folder).brief().run(command).succeeded();
    } finally {
      unmount(disk);
    }
  }

  /** The same where the full disk is that of the temporary files. */
  @Test
  void fullCache() throws IOException {
    Path disk = Files.createDirectories(folder.resolve("cache"));
    assumeTrue(mount("tmpfs", disk, "size=60k"), "nothing can be mounted here");
    try {
      Inputs.vectors(3_000, 16, 2).write(folder.resolve("more.npy"));
      Outcome full =
          Program.in(folder)
              .brief()
              .with("SID_CACHE", disk.toString())
              .run("run", "more.npy", "--set", "size=16,16", "--output", "full-cache");
      System.out.println(full.err());
      Refusal.check(
          full, Refusal.FAILED, List.of("The disk is full", disk.toString(), "free space"));
    } finally {
      unmount(disk);
    }
  }

  private static boolean mount(String type, Path at, String options) throws IOException {
    Process process =
        new ProcessBuilder("mount", "-t", type, "-o", options, type, at.toString())
            .redirectErrorStream(true)
            .start();
    return process.onExit().join().exitValue() == 0;
  }

  private static void unmount(Path disk) throws IOException {
    new ProcessBuilder("umount", disk.toString()).start().onExit().join();
  }
}
