package io.semanticids.sid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.plugin.SemanticIdsPlugin;
import io.semanticids.publish.SweepReport;
import io.semanticids.store.Location;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import io.semanticids.workflows.activity.SweepResult;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Every combination of some settings, in this process. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Runs every combination of some settings and sets them side by side.",
      "Collisions over the floor, relative error, neighbours, the Pareto front. One after another, in this process.",
      "",
      "What runs share is computed once: embeddings always, codebooks where the settings allow. Each run is the one that",
      "'sid run' would make, in runs/<run>/; the comparison goes to sweeps/<name>/sweep.json and sweep.html. Run the same",
      "command again after any interruption: it resumes. The first example is the four configurations of the published run.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid sweep vectors.npy --vary size=128 --vary size=256 --vary uniform=false --vary uniform=true",
      "  sid sweep products.jsonl --set uniform=true --vary scope=level --vary scope=last --vary scope=prefix",
      "  sid sweep products.jsonl --vary size=64 --vary size=100,48,30 --json"
    })
final class SweepCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RequestOptions options;

  @Mixin private VaryOptions vary;

  @Mixin private DeviceOption device;

  @Option(names = "--json", description = "Print sweep.json on stdout instead of the table.")
  private boolean json;

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() {
    ObjectNode typed = options.read();
    vary.addTo(typed);
    LocalSweep sweep = LocalSweep.of(typed, options.name());
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "sweep %s: %d runs%noutput %s%n", sweep.name(), sweep.requests().size(), sweep.folder());
    err.flush();
    ModelsAtExit.awaitBatches();
    SweepResult result;
    try (ProgressDisplay progress = ProgressDisplay.onStderr();
        SemanticIdsPlugin plugin =
            SemanticIdsPlugin.of(
                DiskSpace.checked(
                    sweep.output(),
                    sweep.requests(),
                    LocalActivities.writing(
                        sweep.roots(), sweep.output(), threads.count(), device.device(), progress),
                    err));
        EmbeddedTemporal temporal = EmbeddedTemporal.start(plugin)) {
      result =
          Runs.await(
              new Runs(temporal.client()).sweep(sweep.name(), sweep.request()), SweepResult.class);
    }
    result.warnings().forEach(warning -> err.println("warning: " + warning));
    err.flush();
    print(result);
    return ExitCode.DONE;
  }

  private void print(SweepResult result) {
    PrintWriter out = spec.commandLine().getOut();
    Location folder = Location.parse(result.output());
    if (json) {
      try (Stores stores = Stores.open(new StoreSettings(List.of(folder), Caches.folder(), 0))) {
        byte[] content = stores.read(folder.resolve(SweepReport.NAME));
        out.print(new String(content, StandardCharsets.UTF_8));
      }
    } else {
      out.println("collisions   error   front   settings");
      for (JsonNode run : result.runs()) {
        out.printf(
            Locale.ROOT,
            "%10.4f %7.4f   %-5s   %s%n",
            run.path("collisionRate").asDouble(),
            run.path("relativeError").asDouble(),
            run.path("pareto").asBoolean() ? "yes" : "",
            run.path("settings").asText());
      }
      out.println();
      out.println("report  " + result.report());
    }
    out.flush();
  }
}
