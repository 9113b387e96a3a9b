package io.semanticids.sid;

import io.semanticids.workflows.RunStatus;
import io.temporal.client.WorkflowExecutionMetadata;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where the runs on a server stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says where a run or a sweep on a Temporal server stands; without RUN: lists the latest.",
      "The server: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the other TEMPORAL_* variables.%n"
    },
    footer = {"", "Examples:", "  sid status", "  sid status items-1a2b3c4d"})
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run's name: its workflow id.")
  private @Nullable String run;

  @Option(
      names = "--limit",
      converter = Count.class,
      paramLabel = "N",
      defaultValue = "20",
      description = "How many runs to list. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (TemporalServer server = TemporalServer.connect()) {
      if (run == null) {
        list(server, out);
      } else {
        show(server, run, out);
      }
    }
    out.flush();
    return ExitCode.DONE;
  }

  private void list(TemporalServer server, PrintWriter out) {
    List<WorkflowExecutionMetadata> runs =
        server
            .client()
            .listExecutions(
                "WorkflowType IN ('%s', '%s')".formatted(Runs.WORKFLOW_TYPE, Runs.SWEEP_TYPE))
            .limit(limit)
            .toList();
    if (runs.isEmpty()) {
      out.printf("no runs on %s, namespace %s%n", server.address(), server.namespace());
    }
    for (WorkflowExecutionMetadata one : runs) {
      out.printf(
          "%-10s %s  %s%n",
          RunState.of(one.getStatus()), one.getStartTime(), one.getExecution().getWorkflowId());
    }
  }

  private static void show(TemporalServer server, String name, PrintWriter out) {
    Runs runs = new Runs(server.client());
    String state = RunState.of(runs.find(name).describe().getStatus());
    out.println(name + ": " + state);
    if (state.equals(RunState.RUNNING)) {
      RunStatus status = runs.find(name).query("status", RunStatus.class);
      RunState.lines(status).forEach(out::println);
    } else {
      out.println(runs.outcome(name));
    }
  }
}
