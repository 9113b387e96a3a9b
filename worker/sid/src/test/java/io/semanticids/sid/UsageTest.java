package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is wrong with a command is said in a line or two, with exit code 2, and nothing is started.
 */
class UsageTest {
  @TempDir private Path folder;

  @Test
  void withoutACommand() {
    Cli cli = Cli.run();
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("A command is missing").contains("sid --help");
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void mistypedCommand() {
    Cli cli = Cli.run("rum");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("rum").contains("run");
  }

  @Test
  void mistypedOption() {
    Cli cli = Cli.run("run", "--outptu", "x");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("--outptu").contains("--output");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run", "plan", "sweep", "worker", "start", "status", "report", "embed", "encode", "sample",
        "schema", "gc"
      })
  void helpTeaches(String command) {
    Cli cli = Cli.run(command, "--help");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains("sid " + command).containsPattern("Examples?:");
    assertThat(cli.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(121));
  }

  @Test
  void versionsAreThoseThatMatter() {
    Cli cli = Cli.run("--version");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains("sid ").contains("java ").contains("MKL_CBWR=");
  }

  @Test
  void allProblemsOfARequestTogether() {
    Path output = folder.resolve("out");
    Cli cli =
        Cli.run(
            "run",
            "items.jsonl",
            "--output",
            output.toString(),
            "--set",
            "siz=3",
            "--set",
            "seed=x");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("siz").contains("size").contains("seed");
    assertThat(output).doesNotExist();
  }

  @Test
  void settingWithoutValue() {
    Cli cli = Cli.run("run", "items.jsonl", "--set", "size");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("size").contains("key=value");
  }

  @Test
  void requestFileThatIsMissing() {
    Cli cli = Cli.run("run", "--request", folder.resolve("nothing.json").toString());
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("nothing.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "3", "{\"dataset\": }", "{\"seed\": 1, \"seed\": 2}", "{} {}"})
  void requestFileThatHoldsNoObject(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("request.json"), text);
    Cli cli = Cli.run("run", "--request", file.toString());
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err().lines().count()).isLessThan(4);
    assertThat(cli.err()).contains("request.json");
  }

  @Test
  void runNameThatIsAPath() {
    Cli cli = Cli.run("run", "items.jsonl", "--name", "../elsewhere");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("../elsewhere");
  }

  @Test
  void workerWithoutRoot() {
    Cli cli = Cli.run("worker");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("--root");
  }

  /** Every command that embeds has the option, and none begins on a device that is not there. */
  @ParameterizedTest
  @ValueSource(strings = {"run", "plan", "sweep", "embed", "encode", "worker"})
  void deviceThatIsNone(String command) {
    Cli cli = Cli.run(command, "--device=gpu0");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("--device", "gpu0", "cpu, cuda or cuda:N");
    Cli absent = Cli.run(command, "--device=cuda:99");
    assertThat(absent.exitCode()).isEqualTo(2);
    assertThat(absent.err()).contains("--device", "cuda:99 cannot be used");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--role=cuda",
        "--listen=nowhere",
        "--cache-bytes=many",
        "--threads=0",
        "--grace=-1"
      })
  void workerWithAnOptionThatCannotBe(String option) {
    Cli cli = Cli.run("worker", "--root", folder.toString(), option);
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains(option.substring(2, option.indexOf('=')));
  }
}
