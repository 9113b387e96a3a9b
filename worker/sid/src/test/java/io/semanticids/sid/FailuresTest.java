package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.store.InvalidLocationException;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.request.InvalidRequestException;
import io.temporal.failure.ApplicationFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What people are told, and the exit code that goes with it. */
class FailuresTest {
  @ParameterizedTest
  @CsvSource({
    FailureTypes.INVALID_REQUEST + ",2",
    FailureTypes.INVALID_DATA + ",1",
    FailureTypes.ACCESS_DENIED + ",1",
    FailureTypes.DEVICE_POISONED + ",70",
    "Unheard,1"
  })
  void failuresOfARun(String type, int exitCode) {
    Throwable thrown =
        new RuntimeException(
            "workflow failed", ApplicationFailure.newNonRetryableFailure("no such file", type));
    SidException told = Failures.explain(thrown);
    assertThat(told.exitCode()).isEqualTo(exitCode);
    assertThat(told).hasMessage("no such file");
  }

  @Test
  void invalidBeforeAnythingStarted() {
    assertThat(Failures.explain(new InvalidRequestException(List.of("size: 0"))).exitCode())
        .isEqualTo(2);
    assertThat(Failures.explain(new InvalidLocationException("ftp://x")).exitCode()).isEqualTo(2);
  }

  @Test
  void strangersGetTheirClassNameAndAHint() {
    SidException told = Failures.explain(new IllegalStateException("boom"));
    assertThat(told.exitCode()).isEqualTo(1);
    assertThat(told)
        .hasMessageContaining("IllegalStateException: boom")
        .hasMessageContaining("--debug");
  }

  @Test
  void errorsEndACommandAsExceptionsDo() {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Sid.commandLine();
    commandLine.addSubcommand("broken", new Broken());
    commandLine.setErr(new PrintWriter(err));
    assertThat(commandLine.execute("broken")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("libcuda.so.1: cannot open").doesNotContain("\tat ");
  }

  /** What the engine's classes throw when a native library is missing. */
  @Command(name = "broken")
  static final class Broken implements Runnable {
    @Override
    public void run() {
      throw new ExceptionInInitializerError(
          new UnsatisfiedLinkError("libcuda.so.1: cannot open shared object file"));
    }
  }
}
