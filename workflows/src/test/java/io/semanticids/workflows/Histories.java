package io.semanticids.workflows;

import io.semanticids.workflows.activity.OpenedRequest.Scope;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.SweepResult;
import io.temporal.client.WorkflowStub;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs whose histories are kept: between them every command that our workflows give. */
final class Histories {
  /** Of the run and, where there is one, of the child of its embedding. */
  private static final String CHILD = RunServer.RUN + "/embed";

  private Histories() {}

  /** File names without ending, and histories as JSON. */
  static Map<String, String> record() {
    Map<String, String> histories = new LinkedHashMap<>();
    histories.put("build-unbalanced", completed(Opened.uniform(false).vectors()));
    try (RunServer server = RunServer.with(severalUnits(Opened.uniform(true)).exactAt(2))) {
      server.run();
      histories.put("build-level", json(server, RunServer.RUN));
      histories.put("stage-completed", json(server, CHILD));
    }
    histories.put("build-last", completed(Opened.uniform(false, true).scope(Scope.LAST).vectors()));
    histories.put("build-found-done", foundDone());
    histories.put("build-invalid", invalid());
    cancelled(histories);
    sweeps(histories);
    return histories;
  }

  /** A stage in a child, one of several tasks in the run itself, the others of one. */
  private static FakeActivities severalUnits(Opened opened) {
    return opened
        .activities()
        .units(
            stage -> stage instanceof Stage.Embed ? 6 : stage instanceof Stage.SoftLoads ? 3 : 1);
  }

  private static String completed(Opened opened) {
    try (RunServer server = RunServer.with(opened.activities())) {
      server.run();
      return json(server, RunServer.RUN);
    }
  }

  private static String foundDone() {
    FakeActivities activities = Opened.uniform(true).activities();
    try (RunServer server = RunServer.with(activities)) {
      server.run();
    }
    try (RunServer server = RunServer.with(activities)) {
      server.run();
      return json(server, RunServer.RUN);
    }
  }

  private static String invalid() {
    try (RunServer server = RunServer.with(Opened.uniform(false).activities())) {
      RunServer.failure(server.start(RunServer.json("{'datset': 'x'}")));
      return json(server, RunServer.RUN);
    }
  }

  private static void cancelled(Map<String, String> histories) {
    Turnstile gate = new Turnstile();
    FakeActivities activities =
        severalUnits(Opened.uniform(false))
            .computing(
                task -> {
                  if (task.stage() instanceof Stage.Embed && task.units().first() > 0) {
                    gate.pass();
                  }
                });
    try (RunServer server = RunServer.with(activities)) {
      WorkflowStub run = server.startValid();
      gate.awaitArrival();
      RunServer.until(() -> RunServer.status(run).done() == 1);
      run.cancel();
      gate.open();
      RunServer.failure(run);
      histories.put("build-cancelled", json(server, RunServer.RUN));
      histories.put("stage-cancelled", json(server, CHILD));
    }
  }

  private static void sweeps(Map<String, String> histories) {
    try (RunServer server = RunServer.with(Opened.uniform(true).activities())) {
      RunServer.result(server.startSweep(RunServer.json(SweepTest.TWO)), SweepResult.class);
      histories.put("sweep-completed", json(server, RunServer.SWEEP));
    }
    try (RunServer server = RunServer.with(Opened.uniform(true).activities())) {
      RunServer.failure(server.startSweep(RunServer.json("{'dataset': 's3://b/'}")));
      histories.put("sweep-invalid", json(server, RunServer.SWEEP));
    }
  }

  private static String json(RunServer server, String workflowId) {
    return server.history(workflowId).toJson(false) + "\n";
  }
}
