package io.semanticids.sid;

import io.semanticids.publish.ReportText;
import io.semanticids.store.Location;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a finished run's figures. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a finished run's figures in the form of the published log.",
      "",
      "RUN is a run's folder (local or s3://), or the name of a run on the Temporal server of TEMPORAL_ADDRESS.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid report semantic-ids/runs/products-1a2b3c4d",
      "  sid report s3://catalogue/semantic-ids/runs/items-1a2b3c4d --json",
      "  sid report items-1a2b3c4d"
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The run's folder, or its name on the server.")
  private String run = "";

  @Option(names = "--json", description = "Print report.json as it is.")
  private boolean json;

  @Override
  public Integer call() {
    StoredReport report = StoredReport.read(folder());
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        json
            ? new String(report.content(), StandardCharsets.UTF_8)
            : ReportText.of(report.report()));
    out.flush();
    return ExitCode.DONE;
  }

  private Location folder() {
    if (run.contains("/") || Files.exists(Path.of(run))) {
      return Location.parse(run);
    }
    try (TemporalServer server = TemporalServer.connect()) {
      return Location.parse(Runs.await(new Runs(server.client()).find(run)).output());
    }
  }
}
