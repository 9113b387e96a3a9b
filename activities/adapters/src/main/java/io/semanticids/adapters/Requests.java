package io.semanticids.adapters;

import io.semanticids.balance.BalanceOptions;
import io.semanticids.catalogue.CatalogueFields;
import io.semanticids.catalogue.MatrixSegment;
import io.semanticids.embed.CheckpointFolder;
import io.semanticids.embed.ModelSettings;
import io.semanticids.store.Location;
import io.semanticids.workflows.activity.BalanceSettings;
import io.semanticids.workflows.activity.Columns;
import io.semanticids.workflows.activity.EmbeddingModel;
import io.semanticids.workflows.request.BuildRequest;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates the records of the wire into those of the stages. */
final class Requests {
  private Requests() {}

  static CatalogueFields fields(Columns columns) {
    return new CatalogueFields(
        columns.id(),
        columns.text(),
        columns.separator(),
        columns.group(),
        new LinkedHashSet<>(columns.optional()));
  }

  static BalanceOptions options(BalanceSettings settings, int size, long seed) {
    return new BalanceOptions(
        settings.tau(), settings.iterations(), settings.batch(), settings.refit(), size, seed);
  }

  /** On this worker's device. */
  static ModelSettings model(Engines engines, EmbeddingModel model, @Nullable String weights) {
    CheckpointFolder checkpoint =
        weights == null ? null : engines.checkpoint(Location.parse(weights));
    return model(model, checkpoint).withDevice(engines.settings().device());
  }

  /** On the processor. */
  static ModelSettings model(EmbeddingModel model, @Nullable CheckpointFolder weights) {
    return ModelSettings.of(model.name())
        .withWeights(weights)
        .withDimensions(model.dimensions())
        .withMaxTokens(model.maxTokens())
        .withNormalize(model.normalize())
        .withInstruction(model.instruction())
        .withPooling(model.pooling())
        .withPrecision(model.precision());
  }

  /** The model that a request asks for, whose weights nobody has looked at yet. */
  static EmbeddingModel model(BuildRequest request) {
    return new EmbeddingModel(
        request.model(),
        null,
        request.dimensions(),
        request.maxTokens(),
        request.normalize() == null || request.normalize(),
        request.instruction(),
        request.pooling(),
        request.precision());
  }

  /** Where the given vectors lie now, training rows first. */
  static List<MatrixSegment> segments(StageScope scope) {
    String test = scope.context().test();
    return scope
        .engines()
        .catalogues()
        .segments(
            location(scope, scope.context().dataset()),
            test == null ? null : location(scope, test));
  }

  /** A location that this worker may touch. */
  static Location location(StageScope scope, String uri) {
    return scope.stores().roots().require(Location.parse(uri));
  }
}
