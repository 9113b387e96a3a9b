package io.semanticids.sid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.workflows.RunStatus;
import io.semanticids.workflows.request.SweepReader;
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
      "Starts a run, or with --vary a sweep, on a Temporal server and follows it to its end.",
      "The workers do the work ('sid worker'); Ctrl-C stops following, not the run. Locations are those that the workers see, below their roots.",
      "The server: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the other TEMPORAL_* variables.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid start s3://catalogue/items/ --set uniform=true",
      "  sid start --request request.json --name autumn-256 --detach",
      "  sid start s3://catalogue/items/ --vary size=128 --vary size=256"
    })
final class StartCommand implements Callable<Integer> {
  private static final int POLL_SECONDS = 2;

  @Spec private CommandSpec spec;

  @Mixin private RequestOptions options;

  @Mixin private VaryOptions vary;

  @Option(names = "--detach", description = "Start the run, print its name and return.")
  private boolean detach;

  @Override
  public Integer call() throws InterruptedException {
    ObjectNode request = options.read();
    vary.addTo(request);
    boolean sweep = request.has(SweepReader.VARY);
    String name =
        sweep
            ? ServerRequest.checkSweep(request, options.name())
            : ServerRequest.check(request, options.name());
    PrintWriter out = spec.commandLine().getOut();
    try (TemporalServer server = TemporalServer.connect()) {
      Runs runs = new Runs(server.client());
      WorkflowStub run = sweep ? runs.sweep(name, request) : runs.start(name, request);
      out.println(name);
      out.flush();
      if (!detach) {
        out.println(follow(run, name));
        out.flush();
      }
    }
    return ExitCode.DONE;
  }

  /** Where the output is. */
  private String follow(WorkflowStub run, String name) throws InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> sayThatItGoesOn(ended, name), "following ended"));
    CompletableFuture<String> result = CompletableFuture.supplyAsync(() -> Runs.output(run));
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
