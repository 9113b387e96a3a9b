package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.adapters.Items.ItemShardInfo;
import io.semanticids.embed.Gate;
import io.semanticids.embed.ModelSettings;
import io.semanticids.embed.TextEmbedder;
import io.semanticids.embed.TextEmbedders;
import io.semanticids.store.Column;
import io.semanticids.tensor.Progress;
import io.semanticids.workflows.activity.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Distinct texts to vectors: one shard of the catalogue is one unit, {@code m x d} float16. */
final class EmbedExecutor implements StageExecutor<Stage.Embed> {
  /**
   * Texts are embedded in windows of so many global rows, so that no cut into shards can change a
   * vector.
   */
  private static final int WINDOW = TextEmbedder.WINDOW;

  private static final int GATE_TEXTS = 32;

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean numeric() {
    return true;
  }

  @Override
  public String deviceClass(Engines engines, Stage.Embed stage) {
    ModelSettings settings =
        ModelSettings.of(stage.model().name()).withDevice(engines.settings().device());
    return TextEmbedders.deviceClass(settings, engines.deviceClass());
  }

  @Override
  public int units(StageScope scope, Stage.Embed stage) {
    return scope.items(stage.items()).shards().size();
  }

  @Override
  public long rows(StageScope scope, Stage.Embed stage) {
    return scope.items(stage.items()).distinct();
  }

  @Override
  public void check(StageScope scope, Stage.Embed stage, Progress progress) {
    Items items = scope.items(stage.items());
    List<String> texts = items.part(items.shard(0)).texts("text");
    progress.advanced(0);
    Gate.check(embedder(scope, stage), texts.subList(0, Math.min(GATE_TEXTS, texts.size())));
  }

  @Override
  public void compute(StageScope scope, Stage.Embed stage, int unit, Progress progress) {
    Items items = scope.items(stage.items());
    ItemShardInfo shard = items.shard(unit);
    StoredPart part = items.part(shard);
    List<String> texts = part.texts("text");
    long[] vectors = part.longs("vector");
    TextEmbedder embedder = embedder(scope, stage);
    int dimension = embedder.dimensions();
    float[] embedded = new float[Math.multiplyExact(shard.vectors(), dimension)];
    List<List<String>> windows = new ArrayList<>();
    int done = 0;
    for (int from = 0; from < texts.size(); from += WINDOW) {
      List<String> window = firstAppearances(shard, texts, vectors, from, done);
      windows.add(window);
      done += window.size();
    }
    AtomicLong tokens = new AtomicLong(embedder.tokens());
    AtomicLong halvings = new AtomicLong(embedder.halvings());
    try {
      embedder.embedWindows(
          windows,
          embedded,
          count -> {
            scope.engines().listener().tokens(more(tokens, embedder.tokens()));
            halved(scope, embedder, halvings);
            progress.advanced(count);
          });
    } finally {
      // A batch that fails all the same has halved others before.
      halved(scope, embedder, halvings);
    }
    commit(scope, unit, shard, embedded, dimension);
  }

  private static void halved(StageScope scope, TextEmbedder embedder, AtomicLong told) {
    long times = more(told, embedder.halvings());
    if (times > 0) {
      int most = embedder.mostTokens();
      scope.engines().listener().halved(scope.artifact().stage(), times, most);
      scope.remark(
          "out of device memory: batches of at most %,d tokens from now on".formatted(most));
    }
  }

  /** How much more than was told so far, by any thread. */
  private static long more(AtomicLong told, long now) {
    return Math.max(0, now - told.getAndAccumulate(now, Math::max));
  }

  /** Texts of this window that appear in no row before: their vectors' numbers come in order. */
  private static List<String> firstAppearances(
      ItemShardInfo shard, List<String> texts, long[] vectors, int from, int done) {
    List<String> window = new ArrayList<>();
    for (int i = from; i < Math.min(from + WINDOW, texts.size()); i++) {
      if (vectors[i] == shard.firstVector() + done + window.size()) {
        window.add(texts.get(i));
      }
    }
    return window;
  }

  private static void commit(
      StageScope scope, int unit, ItemShardInfo shard, float[] embedded, int dimension) {
    Halfs halfs = Halfs.of(embedded, dimension);
    ObjectNode facts = Json.object();
    facts.put("dimension", dimension);
    facts.put("maxNorm", halfs.maxNorm());
    scope.commit(
        unit,
        shard.vectors(),
        facts,
        Map.of("firstVector", Long.toString(shard.firstVector())),
        Column.matrix16("embedding", halfs.bytes(), dimension));
  }

  private static TextEmbedder embedder(StageScope scope, Stage.Embed stage) {
    return scope
        .engines()
        .embedder(Requests.model(scope.engines(), stage.model(), scope.context().weights()));
  }

  @Override
  public JsonNode finish(StageScope scope, Stage.Embed stage, Progress progress) {
    double maxNorm = 0;
    int dimension = 0;
    for (int unit = 0; unit < units(scope, stage); unit++) {
      JsonNode facts = scope.marker(scope.artifact(), unit).facts();
      maxNorm = Math.max(maxNorm, facts.path("maxNorm").asDouble());
      dimension = facts.path("dimension").asInt();
    }
    ObjectNode facts = Json.object();
    facts.put("dimension", dimension);
    facts.put("maxNorm", maxNorm);
    return facts;
  }
}
