package io.semanticids.sid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semanticids.adapters.SemanticIdsActivities;
import io.semanticids.adapters.StageListener;
import io.semanticids.adapters.plan.RunPlan;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a run will take and can reach, before anything is computed. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Says what 'sid run' with the same options would take and reach.",
      "Floors and expected range of the collision rate, memory, disk, objects, tasks, and seconds on this machine. Warns of",
      "what no configuration of these sizes can do and names sizes that can. Takes seconds: it times the real kernels and,",
      "where texts are to be embedded, the model on the first of them. Writes nothing. Times are estimates.%n"
    },
    footer = {
      "",
      "Examples:",
      "  sid plan products.jsonl --set size=64",
      "  sid plan vectors.npy --set size=128 --set uniform=true --set scope=prefix --json"
    })
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RequestOptions options;

  @Option(names = "--json", description = "Print the plan as JSON.")
  private boolean json;

  @Mixin private ThreadsOption threads;

  @Mixin private DeviceOption device;

  @Override
  public Integer call() {
    LocalRun run = LocalRun.of(options.read(), options.name());
    if (run.sample()) {
      throw SidException.invalid(
          "a dataset is missing; name the catalogue or the vectors that the plan is for.");
    }
    RunPlan plan;
    try (SemanticIdsActivities activities =
        LocalActivities.reading(
            run.roots(), threads.count(), device.device(), StageListener.NONE)) {
      plan = activities.plan(run.request(), true);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? json(plan) : PlanText.of(plan));
    out.flush();
    return ExitCode.DONE;
  }

  private static String json(RunPlan plan) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(plan) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
