package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.plan.RunShape;
import io.semanticids.catalogue.CatalogueException;
import io.semanticids.catalogue.CatalogueKind;
import io.semanticids.catalogue.CatalogueShape;
import io.semanticids.embed.CheckpointFolder;
import io.semanticids.embed.ModelException;
import io.semanticids.embed.ModelSettings;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.store.InvalidLocationException;
import io.semanticids.store.Location;
import io.semanticids.store.MissingObjectException;
import io.semanticids.store.ObjectInfo;
import io.semanticids.store.OutsideRootsException;
import io.semanticids.workflows.activity.BalanceSettings;
import io.semanticids.workflows.activity.Columns;
import io.semanticids.workflows.activity.EmbeddingModel;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.RunContext;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.request.BuildRequest;
import io.semanticids.workflows.request.InvalidRequestException;
import io.semanticids.workflows.request.RequestReader;
import io.semanticids.workflows.request.RunName;
import io.semanticids.workflows.request.Tau;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Validates a request whole, looks at what it points to, and makes sure that the run's name is
 * free.
 */
final class RequestOpener {
  /**
   * About two minutes of MiniLM on two cores; a fixed number, so that a resumed run cuts the same
   * shards.
   */
  private static final int TEXT_SHARD_ROWS = 2_048;

  private static final int VECTOR_SHARD_ROWS = 65_536;

  /** A large catalogue is cut into no more than about so many shards: readers map all of them. */
  private static final long MAX_SHARDS = 4_096;

  /** A row of texts has about so many bytes, or more. */
  private static final long TEXT_ROW_BYTES = 128;

  private final Engines engines;
  private final LongConsumer hashed;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param hashed told of the bytes of the catalogue as they are hashed
   */
  RequestOpener(Engines engines, LongConsumer hashed) {
    this.engines = engines;
    this.hashed = hashed;
  }

  OpenedRequest open(@Nullable JsonNode input, String run) {
    BuildRequest request = RequestReader.read(input);
    attempt(() -> new RunName(run));
    Examined examined = examine(request);
    OpenedRequest opened = opened(request, examined);
    new RunClaim(engines.stores(), opened, run).check();
    return opened;
  }

  /**
   * What a request points to.
   *
   * @param shape of the dataset
   * @param model null where the dataset holds vectors
   */
  record Examined(
      Location dataset,
      @Nullable Location test,
      Location output,
      @Nullable Location weights,
      CatalogueShape shape,
      @Nullable EmbeddingModel model) {}

  /**
   * Looks at what a request points to; reads nothing through.
   *
   * @throws InvalidRequestException with all problems
   */
  Examined examine(BuildRequest request) {
    Location dataset = location(request.dataset());
    Location test = request.test() == null ? null : location(request.test());
    Location output =
        request.output() == null ? engines.stores().roots().first() : location(request.output());
    Location weights = request.weights() == null ? null : location(request.weights());
    Columns columns = columns(request);
    CatalogueShape shape = dataset == null ? null : inspect(dataset, columns);
    if (test != null) {
      inspect(test, columns);
    }
    EmbeddingModel model =
        shape != null && shape.kind() == CatalogueKind.TEXTS ? model(request, weights) : null;
    checkPaths(request);
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
    return new Examined(dataset, test, output, weights, shape, model);
  }

  static Columns columns(BuildRequest request) {
    return new Columns(
        request.id(),
        request.text(),
        request.separator(),
        request.group(),
        request.optionalFields());
  }

  private OpenedRequest opened(BuildRequest request, Examined examined) {
    Location dataset = examined.dataset();
    Location test = examined.test();
    Location weights = examined.weights();
    RunContext context =
        new RunContext(
            examined.output().uri(),
            dataset.uri(),
            test == null ? null : test.uri(),
            weights == null ? null : weights.uri(),
            shardRows(request, examined.shape().kind(), dataset));
    Stage.Prepare prepare =
        new Stage.Prepare(
            engines.catalogues().identity(dataset, hashed),
            test == null ? null : engines.catalogues().identity(test, hashed),
            columns(request),
            examined.shape().kind() == CatalogueKind.VECTORS
                && Boolean.TRUE.equals(request.normalize()));
    double tau = request.tau() instanceof Tau.Fixed fixed ? fixed.sigmas() : 0;
    return new OpenedRequest(
        request.toJson(),
        context,
        prepare,
        examined.model(),
        request.size(),
        request.uniform(),
        OpenedRequest.Scope.valueOf(request.scope().name()),
        new BalanceSettings(tau, request.iterations(), request.batch(), request.refit()),
        request.beam(),
        request.seed(),
        request.accelerate(),
        request.queueTimeout(),
        request.warnings());
  }

  /** Rows of a shard: those asked for, or as many as suit the catalogue. */
  int shardRows(BuildRequest request, CatalogueKind kind, Location dataset) {
    Integer asked = request.shardRows();
    return asked != null
        ? asked
        : kind == CatalogueKind.TEXTS ? textShardRows(dataset) : VECTOR_SHARD_ROWS;
  }

  /** A function of the catalogue's size, so that a resumed run cuts the same shards. */
  private int textShardRows(Location dataset) {
    long bytes = engines.stores().list(dataset).stream().mapToLong(ObjectInfo::bytes).sum();
    int rows = TEXT_SHARD_ROWS;
    while (rows < VECTOR_SHARD_ROWS && bytes / TEXT_ROW_BYTES / rows > MAX_SHARDS) {
      rows *= 2;
    }
    return rows;
  }

  private void checkPaths(BuildRequest request) {
    OpenedRequest.Scope scope = OpenedRequest.Scope.valueOf(request.scope().name());
    int levels = request.size().size();
    long paths = 1;
    for (int level = 1; level <= levels; level++) {
      paths = paths > RunShape.MOST_PATHS ? paths : paths * request.size().get(level - 1);
      if (paths > RunShape.MOST_PATHS
          && request.uniform().get(level - 1)
          && scope.insidePrefixes(level, levels)) {
        problems.add(
            "Balancing level %d inside prefixes keeps a potential for each of more than %,d paths (%d MB). Use scope 'level', fewer levels or smaller sizes."
                .formatted(level, RunShape.MOST_PATHS, RunShape.MOST_PATHS * 4 >> 20));
        return;
      }
    }
  }

  private @Nullable Location location(String uri) {
    try {
      return engines.stores().roots().require(Location.parse(uri));
    } catch (OutsideRootsException | InvalidLocationException e) {
      problems.add(e.getMessage());
      return null;
    }
  }

  private @Nullable CatalogueShape inspect(Location dataset, Columns columns) {
    try {
      return engines.catalogues().inspect(dataset, Requests.fields(columns));
    } catch (CatalogueException e) {
      problems.addAll(e.problems());
    } catch (MissingObjectException e) {
      problems.add(e.getMessage());
    }
    return null;
  }

  private @Nullable EmbeddingModel model(BuildRequest request, @Nullable Location weights) {
    CheckpointFolder checkpoint;
    try {
      checkpoint = weights == null ? null : engines.checkpoint(weights);
    } catch (MissingObjectException e) {
      problems.add(e.getMessage());
      return null;
    }
    EmbeddingModel asked = Requests.model(request);
    ModelSettings settings = Requests.model(asked, checkpoint);
    List<String> wrong = TextEmbedders.problems(settings);
    if (!wrong.isEmpty()) {
      problems.addAll(wrong);
      return null;
    }
    try {
      return asked.withWeights(TextEmbedders.identity(settings).sha256());
    } catch (ModelException e) {
      problems.add(e.getMessage());
      return null;
    }
  }

  private void attempt(Runnable check) {
    try {
      check.run();
    } catch (InvalidRequestException e) {
      problems.addAll(e.problems());
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
  }
}
