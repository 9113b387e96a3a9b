package io.semanticids.sid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.workflows.BuildResult;
import io.semanticids.workflows.RunStatus;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a run on a Temporal server and follows it. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a run on a Temporal server and follows it to its end.",
      "The workers do the work ('sid worker'); Ctrl-C stops following, not the run. Locations are those that the workers see, below their roots.",
      "The server: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the other TEMPORAL_* variables.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid start s3://catalogue/items/ --set uniform=true",
      "  sid start --request request.json --name autumn-256 --detach"
    })
final class StartCommand implements Callable<Integer> {
  private static final int POLL_SECONDS = 2;

  @Spec private CommandSpec spec;

  @Mixin private RequestOptions options;

  @Option(names = "--detach", description = "Start the run, print its name and return.")
  private boolean detach;

  @Override
  public Integer call() throws InterruptedException {
    ObjectNode request = options.read();
    String name = ServerRequest.check(request, options.name());
    PrintWriter out = spec.commandLine().getOut();
    try (TemporalServer server = TemporalServer.connect()) {
      WorkflowStub run = new Runs(server.client()).start(name, request);
      out.println(name);
      out.flush();
      if (!detach) {
        BuildResult result = follow(run, name);
        out.println(result.output());
        out.flush();
      }
    }
    return ExitCode.DONE;
  }

  private BuildResult follow(WorkflowStub run, String name) throws InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> sayThatItGoesOn(ended, name), "following ended"));
    CompletableFuture<BuildResult> result = CompletableFuture.supplyAsync(() -> Runs.await(run));
    String said = "";
    try {
      while (true) {
        try {
          return result.get(POLL_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
          said = say(run, said);
        } catch (ExecutionException e) {
          throw Failures.explain(e);
        }
      }
    } finally {
      ended.set(true);
    }
  }

  /**
   * Prints the status where it has changed. A server or worker that cannot be asked now is asked
   * again later.
   */
  private String say(WorkflowStub run, String said) {
    String line;
    try {
      RunStatus status = run.query("status", RunStatus.class);
      line =
          status.waiting() == null
              ? RunState.stage(status)
              : "waiting for a worker on the task queue '%s'".formatted(status.waiting());
    } catch (WorkflowServiceException e) {
      line = "waiting for a worker that can say where the run stands";
    }
    if (!line.equals(said)) {
      spec.commandLine().getErr().println(line);
      spec.commandLine().getErr().flush();
    }
    return line;
  }

  private static void sayThatItGoesOn(AtomicBoolean ended, String name) {
    if (!ended.get()) {
      System.err.printf(
          "%nsid: no longer following; the run goes on. 'sid status %s' says where it stands.%n",
          name);
      System.err.flush();
    }
  }
}
