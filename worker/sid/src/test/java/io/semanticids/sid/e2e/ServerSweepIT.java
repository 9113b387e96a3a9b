package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.workflows.RunStatus;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps on a real server: started, followed and asked about by {@code sid}, and cancelled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerSweepIT {
  private static final int ROWS = 600;

  private Path folder;
  private Namespace namespace;
  private Program program;
  private LiveWorker worker;

  @BeforeAll
  void start() throws Exception {
    namespace = Namespace.create("sweep");
    folder = Work.folder("server-sweep");
    program = namespace.in(Program.in(folder).brief());
    Inputs.vectors(ROWS, 8, 3).write(folder.resolve("root/v.npy"));
    worker =
        LiveWorker.start(
            program, "worker", "--model", "none", "--root", folder.resolve("root").toString());
  }

  @AfterAll
  void stop() {
    if (worker != null) {
      worker.close();
    }
    if (namespace != null) {
      namespace.close();
    }
  }

  /** Two runs of three levels. */
  private String[] sweep(String command, String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.add(folder.resolve("root/v.npy").toString());
    arguments.addAll(List.of("--output", output(name).toString(), "--name", name));
    arguments.addAll(List.of("--set", "uniform=true", "--vary", "size=4", "--vary", "size=9,5"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Path output(String name) {
    return folder.resolve("root").resolve(name);
  }

  @Test
  void startFollowsASweepAndStatusKnowsIt() throws Exception {
    Outcome started = program.run(sweep("start", "followed")).succeeded();
    Path made = output("followed").resolve("sweeps/followed");
    assertThat(started.out().lines()).containsExactly("followed", "file://" + made);
    assertThat(started.err()).contains("run 1 of 2: size=4: ").doesNotContain("waiting for");

    assertThat(program.run("status", "followed").succeeded().out().lines())
        .containsExactly("followed: completed", "file://" + made);
    assertThat(program.run("status").succeeded().out())
        .containsPattern("completed +\\S+ +followed\\R");

    JsonNode here = figures(made);
    program.run(sweep("sweep", "local")).succeeded();
    assertThat(here).isEqualTo(figures(output("local").resolve("sweeps/local"))).hasSize(2);
  }

  /** What the runs of a sweep came to, without their names: those depend on where the output is. */
  private static JsonNode figures(Path sweep) throws IOException {
    JsonNode runs = new ObjectMapper().readTree(sweep.resolve("sweep.json").toFile()).path("runs");
    runs.forEach(run -> ((ObjectNode) run).remove("run"));
    return runs;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run 1 of 2", "run 2 of 2"})
  void cancelledSweepsStopAndResume(String at) throws Exception {
    String name = "cancelled" + at.replace(' ', '-');
    program.run(sweep("start", name, "--detach")).succeeded();
    WorkflowStub sweep = namespace.client().newUntypedWorkflowStub(name);
    until(sweep, at);
    sweep.cancel();

    assertThat(namespace.closed(name).getEventType())
        .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED);
    assertThat(program.run("status", name).succeeded().out()).contains(name + ": canceled");
    assertThat(output(name).resolve("sweeps").resolve(name).resolve("sweep.json")).doesNotExist();
    if (!at.isEmpty()) {
      assertThat(runs(name)).isNotEmpty();
    }
    for (String run : runs(name)) {
      assertThat(namespace.closed(run).getEventType())
          .isIn(
              EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
              EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED);
    }

    program.run(sweep("start", name)).succeeded();
    assertThat(figures(output(name).resolve("sweeps").resolve(name))).hasSize(2);
  }

  /** Waits until the stage of a sweep begins with this. */
  private static void until(WorkflowStub sweep, String at) {
    Cluster.until(
        "the stage " + at,
        () -> {
          try {
            RunStatus status = sweep.query("status", RunStatus.class);
            if (!status.stage().startsWith(at)) {
              assertThat(status.stage()).isNotEqualTo("publish");
              return false;
            }
            return true;
          } catch (WorkflowNotFoundException e) {
            throw e;
          } catch (WorkflowServiceException e) {
            // Its first task is not done yet.
            return false;
          }
        });
  }

  /** The runs that a sweep has started. */
  private List<String> runs(String name) {
    return namespace.client().fetchHistory(name).getEvents().stream()
        .filter(
            event -> event.getEventType() == EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED)
        .map(
            event ->
                event
                    .getChildWorkflowExecutionStartedEventAttributes()
                    .getWorkflowExecution()
                    .getWorkflowId())
        .toList();
  }
}
