package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.balance.BalancedLevel;
import io.semanticids.publish.Codebook;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Level;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.request.BuildRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The codebooks of a run: enough to encode new items under the same rule. */
final class PublishedCodebooks {
  private final StageScope scope;
  private final Stage.Publish stage;
  private final BuildRequest request;

  PublishedCodebooks(StageScope scope, Stage.Publish stage) {
    this.scope = scope;
    this.stage = stage;
    this.request =
        BuildRequest.fromJson(Json.read(stage.request().getBytes(StandardCharsets.UTF_8)));
  }

  /** The unbalanced codebook. */
  Codebook before() {
    List<Codebook.Level> levels = new ArrayList<>();
    for (Artifact fit : stage.fits()) {
      levels.add(new Codebook.Level(LevelFiles.level(scope, fit).codewords(), null));
    }
    return codebook(levels, request.beam());
  }

  /** The codebook of the published codes. */
  Codebook published() {
    if (stage.after().isEmpty()) {
      return before();
    }
    List<Codebook.Level> levels = new ArrayList<>();
    for (int l = 0; l < stage.after().size(); l++) {
      Level level = stage.after().get(l);
      BalancedLevel balanced = LevelFiles.level(scope, level.codewords());
      levels.add(
          new Codebook.Level(
              balanced.codewords(),
              request.uniform().get(l) ? potentials(level.codewords(), balanced) : null));
    }
    return codebook(levels, 1);
  }

  private Codebook.Potentials potentials(Artifact artifact, BalancedLevel level) {
    int size = level.size();
    if (!artifact.stage().equals("group")) {
      int[] values =
          Arrays.stream(level.potentials().values()).mapToInt(Math::toIntExact).toArray();
      return new Codebook.Potentials(values, 1, level.scale());
    }
    GroupParts.PrefixPotentials stored = GroupParts.potentials(scope, artifact, size);
    int[] values = new int[Math.multiplyExact(stored.prefixes(), size)];
    long[] row = new long[size];
    for (int prefix = 0; prefix < stored.prefixes(); prefix++) {
      stored.read(prefix, row);
      for (int k = 0; k < size; k++) {
        values[prefix * size + k] = Math.toIntExact(row[k]);
      }
    }
    return new Codebook.Potentials(values, stored.prefixes(), level.scale());
  }

  private Codebook codebook(List<Codebook.Level> levels, int beam) {
    return new Codebook(
        model(),
        text(),
        scope.items(stage.items()).normalize(),
        request.scope().key(),
        request.seed(),
        beam,
        levels);
  }

  private boolean givenVectors() {
    return scope.items(stage.items()).givenVectors();
  }

  private Codebook.@Nullable Text text() {
    return givenVectors() ? null : new Codebook.Text(request.text(), request.separator());
  }

  private Codebook.@Nullable Model model() {
    if (givenVectors()) {
      return null;
    }
    // The embedding's own record, checksum of the weights included, from the manifest of its stage.
    JsonNode model =
        scope.folder(stage.vectors()).manifest().orElseThrow().path("settings").path("model");
    return new Codebook.Model(
        model.path("name").asText(),
        text(model, "weights"),
        number(model, "dimensions"),
        number(model, "maxTokens"),
        model.path("normalize").asBoolean(),
        text(model, "instruction"),
        text(model, "pooling"),
        text(model, "precision"));
  }

  private static @Nullable String text(JsonNode json, String name) {
    return json.hasNonNull(name) ? json.get(name).asText() : null;
  }

  private static @Nullable Integer number(JsonNode json, String name) {
    return json.hasNonNull(name) ? Integer.valueOf(json.get(name).asInt()) : null;
  }
}
