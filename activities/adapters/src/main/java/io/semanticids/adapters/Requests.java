package io.semanticids.adapters;

import io.semanticids.balance.BalanceOptions;
import io.semanticids.catalogue.CatalogueFields;
import io.semanticids.catalogue.MatrixSegment;
import io.semanticids.embed.ModelSettings;
import io.semanticids.store.Location;
import io.semanticids.store.StoreDeniedException;
import io.semanticids.store.Stores;
import io.semanticids.workflows.activity.BalanceSettings;
import io.semanticids.workflows.activity.Columns;
import io.semanticids.workflows.activity.EmbeddingModel;
import java.nio.file.Path;
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

  static ModelSettings model(Stores stores, EmbeddingModel model, @Nullable String weights) {
    return new ModelSettings(
        model.name(),
        weights == null ? null : folder(stores, weights),
        model.dimensions(),
        model.maxTokens(),
        model.normalize(),
        model.instruction(),
        model.pooling(),
        model.precision());
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

  /** The folder of a checkpoint on this machine. */
  static Path folder(Stores stores, String weights) {
    Location at = stores.roots().require(Location.parse(weights));
    if (!at.local()) {
      throw new StoreDeniedException(
          "weights %s: a checkpoint is read from a local folder so far. Copy it below a local root of the workers."
              .formatted(at.uri()));
    }
    return at.path();
  }
}
