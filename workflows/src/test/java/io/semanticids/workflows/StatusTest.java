package io.semanticids.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.Stage;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What people see of a run at each moment: queries and current details. */
class StatusTest {
  @Test
  void whileTheRequestIsRead() {
    Turnstile gate = new Turnstile();
    FakeActivities activities = Opened.uniform(false).activities().opening(gate::pass);
    try (RunServer server = RunServer.with(activities)) {
      WorkflowStub run = server.startValid();
      gate.awaitArrival();

      RunStatus status = RunServer.status(run);
      assertThat(status.run()).isEqualTo(RunServer.RUN);
      assertThat(status.stage()).isEqualTo("reading the request");
      assertThat(status.stages()).isZero();
      assertThat(status.units()).isZero();
      assertThat(status.secondsLeft()).isNull();
      assertThat(status.waiting()).isNull();
      assertThat(run.query("effectiveRequest", JsonNode.class)).isNull();
      assertThat(RunServer.currentDetails(run)).contains("**reading the request**");
      gate.open();
      RunServer.result(run);
    }
  }

  @Test
  void whileAStageIsPlanned() {
    Turnstile gate = new Turnstile();
    FakeActivities activities =
        Opened.uniform(false)
            .activities()
            .planning(
                input -> {
                  if (input.stage() instanceof Stage.Encode) {
                    gate.pass();
                  }
                });
    try (RunServer server = RunServer.with(activities)) {
      WorkflowStub run = server.startValid();
      gate.awaitArrival();

      RunStatus status = RunServer.status(run);
      assertThat(status.stage()).isEqualTo("encode");
      assertThat(status.stages()).isEqualTo(3);
      assertThat(status.units()).isZero();
      assertThat(status.warnings()).containsExactly("scope has no effect", "3 texts are empty");
      assertThat(run.query("effectiveRequest", JsonNode.class).path("dataset").asText())
          .isEqualTo("file:///in/items.jsonl");
      assertThat(RunServer.currentDetails(run))
          .contains("**encode**", "3 stages finished", "warning: 3 texts are empty");
      gate.open();
      RunServer.result(run);
    }
  }

  @Test
  void whileUnitsAreComputed() {
    Turnstile gate = new Turnstile();
    FakeActivities activities = halfOfTheEmbeddings(gate);
    try (RunServer server = RunServer.with(activities)) {
      WorkflowStub run = server.startValid();
      RunServer.until(() -> RunServer.status(run).done() == 10);

      RunStatus status = RunServer.status(run);
      assertThat(status.stage()).isEqualTo("embed");
      assertThat(status.units()).isEqualTo(20);
      assertThat(status.secondsLeft()).isNotNull().isNotNegative();
      assertThat(RunServer.currentDetails(run)).contains("**embed**", "10 of 20 units done");
      WorkflowStub child =
          server.server.getWorkflowClient().newUntypedWorkflowStub("autumn-256/embed");
      assertThat(RunServer.currentDetails(child))
          .contains("**embed**", "10 of 20", "10 tasks open");
      gate.open();
      RunServer.result(run);
    }
  }

  @Test
  void afterTheEnd() {
    try (RunServer server = RunServer.with(Opened.uniform(true).activities())) {
      WorkflowStub run = server.startValid();
      BuildResult result = RunServer.result(run);

      RunStatus status = RunServer.status(run);
      assertThat(status.stage()).isEqualTo("done");
      assertThat(status.stages()).isEqualTo(11);
      // The UI takes lines for a list only after an empty one.
      assertThat(RunServer.currentDetails(run))
          .startsWith("**done**\n\n- 11 stages finished\n")
          .contains(
              "- 1,000 items: 700 different paths, collision rate 0.3000; balanced 950, 0.0500\n",
              "- outputs: `" + result.output() + "`\n");
    }
  }

  @Test
  void afterAFailureTheStageThatFailed() {
    FakeActivities activities =
        Opened.uniform(false)
            .activities()
            .finishing(
                stage -> {
                  if (stage instanceof Stage.Encode) {
                    throw ApplicationFailure.newNonRetryableFailure(
                        "damaged", FailureTypes.DAMAGED);
                  }
                });
    try (RunServer server = RunServer.with(activities)) {
      WorkflowStub run = server.startValid();
      RunServer.failure(run);

      assertThat(RunServer.status(run).stage()).isEqualTo("encode");
      assertThat(RunServer.status(run).stages()).isEqualTo(3);
    }
  }

  @Test
  void signalsAndQueriesOfWrongTypesChangeNothing() {
    Turnstile gate = new Turnstile();
    FakeActivities activities = halfOfTheEmbeddings(gate);
    try (RunServer server = RunServer.with(activities)) {
      WorkflowStub run = server.startValid();
      RunServer.until(() -> RunServer.status(run).done() == 10);
      RunStatus before = RunServer.status(run);

      for (Object[] arguments : wrongArguments()) {
        run.signal("stageProgress", arguments);
        assertThat(RunServer.status(run).done()).as(Arrays.toString(arguments)).isEqualTo(10);
      }
      run.signal("noSuchSignal", "embed", 12);
      Assertions.assertThatThrownBy(() -> run.query("noSuchQuery", String.class))
          .hasStackTraceContaining("noSuchQuery");
      Assertions.assertThatThrownBy(() -> run.query("status", Integer.class)).isNotNull();

      RunStatus after = RunServer.status(run);
      assertThat(after.stage()).isEqualTo(before.stage());
      assertThat(after.done()).isEqualTo(10);
      run.signal("stageProgress", "embed", 1_000_000);
      assertThat(RunServer.status(run).done()).isEqualTo(20);
      gate.open();
      RunServer.result(run);
    }
  }

  private static List<Object[]> wrongArguments() {
    return List.of(
        new Object[] {},
        new Object[] {"embed"},
        new Object[] {15},
        new Object[] {null, 15},
        new Object[] {"embed", null},
        new Object[] {"embed", "many"},
        new Object[] {"embed", 1e300},
        new Object[] {"embed", -15},
        new Object[] {"embed", Map.of("done", 15)},
        new Object[] {List.of("embed"), 15},
        new Object[] {"encode", 15});
  }

  /** Twenty tasks, of which the second ten wait at the gate. */
  private static FakeActivities halfOfTheEmbeddings(Turnstile gate) {
    return Opened.uniform(false)
        .activities()
        .units(stage -> stage instanceof Stage.Embed ? 20 : 1)
        .computing(
            task -> {
              if (task.stage() instanceof Stage.Embed && task.units().first() >= 10) {
                gate.pass();
              }
            });
  }
}
