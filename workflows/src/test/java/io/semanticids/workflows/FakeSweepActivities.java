package io.semanticids.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.semanticids.workflows.activity.FailureTypes;
import io.semanticids.workflows.activity.OpenedSweep;
import io.semanticids.workflows.activity.SweepActivities;
import io.semanticids.workflows.activity.SweepResult;
import io.semanticids.workflows.request.InvalidRequestException;
import io.semanticids.workflows.request.SweepReader;
import io.semanticids.workflows.request.SweepRequest;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ends of a sweep, without data: requests are read, nothing is looked at. */
final class FakeSweepActivities implements SweepActivities {
  @Override
  public OpenedSweep open(@Nullable JsonNode request, String sweep) {
    SweepRequest read;
    try {
      read = SweepReader.read(request);
    } catch (InvalidRequestException e) {
      throw ApplicationFailure.newNonRetryableFailure(e.getMessage(), FailureTypes.INVALID_REQUEST);
    }
    return new OpenedSweep(
        read.base(),
        "file:///out/",
        read.combinations().stream()
            .map(one -> new OpenedSweep.Run(one.run(), one.settings(), one.label()))
            .toList(),
        Duration.ofMinutes(30),
        List.of("a warning of one run"));
  }

  @Override
  public SweepResult publish(OpenedSweep opened, String sweep) {
    String folder = opened.output() + "sweeps/" + sweep + "/";
    return new SweepResult(
        sweep,
        folder,
        folder + "sweep.html",
        JsonNodeFactory.instance.arrayNode().add(opened.runs().size()),
        opened.warnings());
  }
}
