package io.semanticids.sid;

import io.semanticids.store.Leftover;
import io.semanticids.store.Location;
import io.semanticids.store.StoreSettings;
import io.semanticids.store.Stores;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be deleted below an output folder. */
@Command(
    name = "gc",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what can be deleted below an output folder, with sizes.",
      "That is: leftovers of attempts that died, scratch of finished stages, and artifacts that no run refers to. What was",
      "published (runs/, sweeps/) is never touched. Nothing is deleted without --delete. Use it while nothing runs there.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid gc semantic-ids",
      "  sid gc semantic-ids --delete",
      "  sid gc s3://catalogue/semantic-ids --damaged --delete"
    })
final class GcCommand implements Callable<Integer> {
  private static final String ROW = "%10s  %-28s %s%n";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "OUTPUT",
      defaultValue = LocalRun.DEFAULT_OUTPUT,
      description = "The folder that holds artifacts/ and runs/. Default: ${DEFAULT-VALUE}.")
  private String output = LocalRun.DEFAULT_OUTPUT;

  @Option(names = "--delete", description = "Delete what is listed.")
  private boolean delete;

  @Option(
      names = "--damaged",
      description =
          "Instead: artifacts with altered or missing objects, and what was computed from them. Reads all.")
  private boolean damaged;

  @Option(
      names = "--abandon",
      description =
          "Unfinished runs and sweeps will not be resumed: what only they need may go too.")
  private boolean abandon;

  @Override
  public Integer call() {
    Location at = Location.parse(output);
    PrintWriter out = spec.commandLine().getOut();
    try (Stores stores = Stores.open(new StoreSettings(List.of(at), Caches.folder(), 0))) {
      if (stores.list(at.resolve("artifacts")).isEmpty()) {
        throw SidException.invalid(
            "there are no artifacts below %s; name the output folder of your runs.".formatted(at));
      }
      Garbage garbage =
          damaged ? Garbage.damaged(stores, at) : Garbage.unreferenced(stores, at, abandon);
      for (Garbage.Finding finding : garbage.findings()) {
        out.printf(ROW, size(finding.bytes()), finding.what(), finding.why());
      }
      for (Leftover leftover : garbage.leftovers()) {
        out.printf(
            ROW, size(leftover.bytes()), at.relativize(leftover.at()), "begun and never finished");
      }
      if (!garbage.unfinished().isEmpty() && !abandon) {
        out.printf(
            "unfinished runs and sweeps keep all artifacts: %s (--abandon gives them up)%n",
            String.join(", ", garbage.unfinished()));
      }
      if (delete) {
        garbage.delete(stores);
      }
      out.printf("%s %s%n", size(garbage.bytes()), delete ? "deleted" : "can be deleted");
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** {@code 1.5 MB}; powers of ten. */
  static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.5) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %sB", value, "kMGTP".charAt(unit));
  }
}
