package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that began under code of before go on under today's: {@code docs/histories.md}. */
class ReplayTest {
  static List<Path> histories() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(ReplayTest.class.getResource("/histories")).toURI());
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void takesTheSameWay(Path history) throws IOException {
    String json = Files.readString(history);

    assertThatCode(() -> replay(json)).doesNotThrowAnyException();
  }

  @Test
  void anotherWayIsNoticed() throws IOException, URISyntaxException {
    Path history =
        histories().stream()
            .filter(file -> file.endsWith("build-level.json"))
            .findFirst()
            .orElseThrow();
    String json = Files.readString(history);

    assertThatThrownBy(() -> replay(json.replace("FinishStage", "CloseStage")))
        .hasStackTraceContaining("NonDeterministic");
  }

  @Test
  void everyKindOfRunIsThere() throws IOException, URISyntaxException {
    assertThat(histories().stream().map(file -> file.getFileName().toString()))
        .contains(
            "build-unbalanced.json",
            "build-level.json",
            "build-last.json",
            "build-found-done.json",
            "build-invalid.json",
            "build-cancelled.json",
            "stage-completed.json",
            "stage-cancelled.json",
            "sweep-completed.json",
            "sweep-invalid.json");
  }

  private static void replay(String json) throws Exception {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      Worker worker = environment.newWorker(TaskQueues.CPU);
      SemanticIdsWorkflows.registerOn(worker);
      // Children are named after the run; a history of the server in this process does not name it.
      WorkflowReplayer.replayWorkflowExecution(
          WorkflowExecutionHistory.fromJson(json, RunServer.RUN), worker);
    }
  }
}
