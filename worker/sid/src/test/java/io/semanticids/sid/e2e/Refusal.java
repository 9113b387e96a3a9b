package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What every refused command looks like: one readable error, the right exit code, soon, and nothing
 * that was there has changed.
 *
 * @param program works in a folder with all inputs in it
 * @param output where runs go; holds a finished run that must stay as it is
 */
record Refusal(Program program, Path output) {
  /** Wrong usage or an invalid request. */
  static final int INVALID = 2;

  /** Started, and failed. */
  static final int FAILED = 1;

  /** Idle machines need two seconds for most; this one may be busy with other things. */
  private static final Duration SOON = Duration.ofSeconds(90);

  /** The first twenty problems, their number, and the line above them. */
  private static final int LINES = 22;

  /**
   * Runs {@code sid run ARGUMENTS --output OUTPUT}.
   *
   * @param says what the error must name: value, place and remedy
   */
  Outcome run(int exitCode, List<String> arguments, List<String> says) {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(arguments);
    if (!arguments.contains("--output")) {
      all.addAll(List.of("--output", output.toString()));
    }
    return command(exitCode, all, says);
  }

  /** Runs any command. */
  Outcome command(int exitCode, List<String> arguments, List<String> says) {
    Map<String, String> before = content();
    Outcome outcome = program.run(SOON, arguments.toArray(String[]::new));
    System.out.println(message(outcome.err()));
    check(outcome, exitCode, says);
    assertThat(content())
        .as("what lies below %s after %s", program.folder(), outcome)
        .isEqualTo(before);
    return outcome;
  }

  /** Inputs and published runs; what is computed on the way may stay below artifacts/. */
  private Map<String, String> content() {
    Map<String, String> content = Work.content(program.folder(), output.resolve("artifacts"));
    content.remove(program.folder().relativize(output).toString());
    return content;
  }

  /** One error, readable, with this exit code. */
  static void check(Outcome outcome, int exitCode, List<String> says) {
    assertThat(outcome.exitCode()).as("exit code of %s", outcome).isEqualTo(exitCode);
    assertThat(outcome.out()).as("stdout of %s", outcome).isEmpty();
    String message = message(outcome.err());
    assertThat(message)
        .as("the error of %s", outcome)
        .startsWith("sid: ")
        .containsOnlyOnce("sid: ");
    assertThat(message.lines()).as("the error of %s", outcome).hasSizeLessThanOrEqualTo(LINES);
    assertThat(outcome.err())
        .as("stderr of %s", outcome)
        .doesNotContain("\tat ")
        .doesNotContain("Exception")
        .doesNotContain("Caused by")
        .doesNotContain("WARNING");
    assertThat(message).as("the error of %s", outcome).contains(says);
  }

  /** What stderr says from its {@code sid: } on; all of it where there is none. */
  private static String message(String err) {
    int begin = err.startsWith("sid: ") ? 0 : err.indexOf("\nsid: ") + 1;
    return err.substring(begin);
  }
}
