package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.publish.Manifest;
import io.semanticids.store.Location;
import io.semanticids.store.MissingObjectException;
import io.semanticids.store.Stores;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.request.InvalidRequestException;
import io.semanticids.workflows.request.RequestFingerprint;
import io.semanticids.workflows.request.RequestReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * {@code runs/<run>/request.json}: the first request of a run and the content of its catalogues.
 * The name belongs to both; a request that cannot be met claims nothing.
 */
final class RunClaim {
  private static final String FINGERPRINT = "fingerprint";

  /** What was read; the field of a claim that says it. */
  static final String CONTENT = "content";

  private final Stores stores;
  private final String run;
  private final Location folder;
  private final Location file;
  private final ObjectNode mine;

  RunClaim(Stores stores, OpenedRequest request, String run) {
    this.stores = stores;
    this.run = run;
    this.folder =
        stores
            .roots()
            .require(Location.parse(request.context().output()))
            .resolve("runs")
            .resolve(run);
    this.file = folder.resolve("request.json");
    mine = Json.object();
    mine.put(FINGERPRINT, RequestFingerprint.of(RequestReader.read(request.effective())));
    mine.set(CONTENT, content(request));
    mine.set("request", request.effective());
  }

  static ObjectNode content(OpenedRequest request) {
    return Json.object()
        .put("dataset", request.prepare().dataset())
        .put("test", request.prepare().test());
  }

  /**
   * Makes sure that the name is free or this request's own, and that a run that is finished was
   * finished by stages of the same versions: what others make might not be what was published.
   *
   * @throws InvalidRequestException if it is not so
   */
  void check() {
    stored(file).ifPresent(this::requireMine);
    stored(folder.resolve(Manifest.NAME)).ifPresent(this::requireSameStages);
  }

  /** Takes the name, unless it is taken. */
  void put() {
    if (!stores.create(file, mine.toPrettyString().getBytes(StandardCharsets.UTF_8))) {
      check();
    }
  }

  private Optional<JsonNode> stored(Location object) {
    try {
      return Optional.of(Json.read(stores.read(object)));
    } catch (MissingObjectException e) {
      return Optional.empty();
    }
  }

  private void requireMine(JsonNode stored) {
    if (!stored.path(FINGERPRINT).equals(mine.path(FINGERPRINT))) {
      throw taken("a different request", "Choose another name.");
    }
    if (!stored.path(CONTENT).equals(mine.path(CONTENT))) {
      throw taken(
          "the same request over other data",
          "The catalogue has changed since: choose another name or output, or delete that folder.");
    }
  }

  private void requireSameStages(JsonNode manifest) {
    new StageExecutors()
        .versions(true)
        .forEach(
            (stage, version) -> {
              String finished = manifest.path("versions").path(stage).asText(version);
              if (!finished.equals(version)) {
                throw taken(
                    "a run that another version of this program finished: version %s of its stage %s, not %s"
                        .formatted(finished, stage, version),
                    "What is published is never changed: choose another name, or delete that folder.");
              }
            });
  }

  private InvalidRequestException taken(String owner, String remedy) {
    return new InvalidRequestException(
        List.of(
            "The run name '%s' is taken by %s (%s). %s".formatted(run, owner, file.uri(), remedy)));
  }
}
