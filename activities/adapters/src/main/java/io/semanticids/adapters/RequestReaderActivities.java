package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.publish.Timings;
import io.semanticids.store.Location;
import io.semanticids.store.Stores;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.RequestActivities;
import io.semanticids.workflows.activity.RunContext;
import io.semanticids.workflows.activity.StageTimings;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The two ends of a run. */
final class RequestReaderActivities implements RequestActivities {
  private final Engines engines;

  RequestReaderActivities(Engines engines) {
    this.engines = engines;
  }

  @Override
  public OpenedRequest open(@Nullable JsonNode request, String run) {
    return Failures.translated(
        () ->
            engines
                .heartbeats()
                .during(
                    "open",
                    "bytes",
                    progress -> new RequestOpener(engines, progress::advanced).open(request, run)));
  }

  @Override
  public void claim(OpenedRequest request, String run) {
    Failures.translated(
        () -> {
          new RunClaim(engines.stores(), request, run).put();
          return null;
        });
  }

  @Override
  public void recordTimings(RunContext context, String run, Map<String, StageTimings> timings) {
    Failures.translated(
        () -> {
          Stores stores = engines.stores();
          Location file =
              stores
                  .roots()
                  .require(Location.parse(context.output()))
                  .resolve("runs")
                  .resolve(run)
                  .resolve("timings.json");
          // A run that is started again after it was published keeps the timings of the first time.
          stores.create(file, timings(timings).write());
          return null;
        });
  }

  private static Timings timings(Map<String, StageTimings> stages) {
    StageTimings total = stages.getOrDefault("total", StageTimings.NONE);
    return new Timings(
        seconds(stages, StageTimings::seconds),
        seconds(stages, StageTimings::wall),
        (long) total.units() + total.retries(),
        total.retries());
  }

  private static Timings.Seconds seconds(
      Map<String, StageTimings> stages, ToDoubleFunction<StageTimings> which) {
    ToDoubleFunction<String> of =
        stage ->
            Math.round(which.applyAsDouble(stages.getOrDefault(stage, StageTimings.NONE)) * 1000)
                / 1000.0;
    return new Timings.Seconds(
        of.applyAsDouble("prepare"),
        of.applyAsDouble("embed"),
        of.applyAsDouble("fit"),
        of.applyAsDouble("encode"),
        of.applyAsDouble("balance"),
        of.applyAsDouble("evaluate"),
        of.applyAsDouble("publish"),
        of.applyAsDouble("total"));
  }
}
