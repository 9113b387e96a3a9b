package io.semanticids.adapters;

import io.semanticids.balance.BalanceOptions;
import io.semanticids.catalogue.CatalogueFields;
import io.semanticids.catalogue.MatrixSegment;
import io.semanticids.embed.ModelSettings;
import io.semanticids.store.Location;
import io.semanticids.workflows.activity.BalanceSettings;
import io.semanticids.workflows.activity.Columns;
import io.semanticids.workflows.activity.EmbeddingModel;
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

  static ModelSettings model(Engines engines, EmbeddingModel model, @Nullable String weights) {
    return ModelSettings.of(model.name())
        .withWeights(weights == null ? null : engines.checkpoint(Location.parse(weights)))
        .withDimensions(model.dimensions())
        .withMaxTokens(model.maxTokens())
        .withNormalize(model.normalize())
        .withInstruction(model.instruction())
        .withPooling(model.pooling())
        .withPrecision(model.precision())
        .withDevice(engines.settings().device());
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
