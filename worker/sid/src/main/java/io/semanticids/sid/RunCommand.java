package io.semanticids.sid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.plugin.SemanticIdsPlugin;
import io.semanticids.store.Location;
import io.semanticids.workflows.BuildResult;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole pipeline in this process. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Turns a catalogue into semantic IDs, all in this process: nothing else has to be running.",
      "",
      "Without DATASET it makes a sample catalogue of 2,000 items and balances it over 3 levels of 64 codes, the last",
      "inside each prefix.",
      "Everything goes below the output folder (default: ./semantic-ids): what was computed into artifacts/, what the",
      "run leaves behind into runs/<run>/. Run the same command again after any interruption: it resumes. Change a",
      "setting: what does not depend on it is not computed again.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid run",
      "  sid run products.jsonl --set size=64 --set uniform=true --output out",
      "  sid run products.csv --set id=sku --set text=name,brand --set levels=4",
      "  sid run vectors.npy --set size=100,48,30 --set scope=prefix --set uniform=true",
      "  echo '{\"dataset\": \"products.jsonl\", \"seed\": 7}' | sid run --request - --json"
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RequestOptions options;

  @Option(names = "--json", description = "Print report.json on stdout instead of the summary.")
  private boolean json;

  @Mixin private ThreadsOption threads;

  @Mixin private DeviceOption device;

  @Override
  public Integer call() {
    ObjectNode typed = options.read();
    LocalRun run = LocalRun.of(typed, options.name());
    PrintWriter err = spec.commandLine().getErr();
    err.println("run " + run.name());
    err.println("output " + run.folder());
    run.warnings().forEach(warning -> err.println("warning: " + warning));
    err.flush();

    if (run.sample()) {
      BuiltInSample.make(run.output());
    }
    AtomicBoolean ended = new AtomicBoolean();
    Thread interrupted = new Thread(() -> sayHowToResume(ended), "interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    ModelsAtExit.awaitBatches();
    BuildResult result;
    try (ProgressDisplay progress = ProgressDisplay.onStderr();
        SemanticIdsPlugin plugin =
            SemanticIdsPlugin.of(
                DiskSpace.checked(
                    run.output(),
                    List.of(run.request()),
                    LocalActivities.writing(
                        run.roots(), run.output(), threads.count(), device.device(), progress),
                    err));
        EmbeddedTemporal temporal = EmbeddedTemporal.start(plugin)) {
      result = Runs.await(new Runs(temporal.client()).start(run.name(), run.request()));
    } finally {
      ended.set(true);
    }
    result.warnings().stream()
        .filter(warning -> !run.warnings().contains(warning))
        .forEach(warning -> err.println("warning: " + warning));
    err.flush();
    print(result);
    return ExitCode.DONE;
  }

  private void print(BuildResult result) {
    StoredReport stored = StoredReport.read(Location.parse(result.report()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new String(stored.content(), StandardCharsets.UTF_8));
    } else {
      out.print(Summary.of(stored.report()));
      out.println();
      Location folder = Location.parse(result.output());
      out.println("semantic IDs  " + folder.resolve("semantic-ids"));
      out.println("report        " + folder.resolve("report.html"));
      out.println("codebook      " + folder.resolve("codebook"));
    }
    out.flush();
  }

  private static void sayHowToResume(AtomicBoolean ended) {
    if (!ended.get()) {
      System.err.printf(
          "%nsid: interrupted. Run the same command again: it resumes from its last checkpoint.%n");
      System.err.flush();
    }
  }
}
