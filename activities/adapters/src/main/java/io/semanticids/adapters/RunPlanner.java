package io.semanticids.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import io.semanticids.adapters.plan.RunPlan;
import io.semanticids.adapters.plan.RunPlanning;
import io.semanticids.adapters.plan.RunShape;
import io.semanticids.adapters.plan.Speeds;
import io.semanticids.catalogue.CatalogueKind;
import io.semanticids.catalogue.CatalogueShape;
import io.semanticids.catalogue.CatalogueSize;
import io.semanticids.embed.TextEmbedder;
import io.semanticids.quantize.NearestCodes;
import io.semanticids.store.Location;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import io.semanticids.workflows.activity.Columns;
import io.semanticids.workflows.activity.EmbeddingModel;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.request.BuildRequest;
import io.semanticids.workflows.request.RequestReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Plans a run: looks at the catalogue, times the kernels and the model on this machine. */
final class RunPlanner {
  /** Rows that are encoded to learn the speed of a level. */
  private static final int ROWS = 8_192;

  private static final double SECONDS_A_LEVEL = 0.5;

  /** Texts that are embedded to learn the speed of a model. */
  private static final int TEXTS = 256;

  private static final int WARMING_TEXTS = 16;

  /** Rows that tell how long texts are. */
  private static final int FIRST_ROWS = 2_048;

  private final Engines engines;

  RunPlanner(Engines engines) {
    this.engines = engines;
  }

  /**
   * Plans.
   *
   * @param measured whether speeds are measured, which takes seconds and loads the model
   */
  RunPlan plan(JsonNode input, boolean measured) {
    BuildRequest request = RequestReader.read(input);
    RequestOpener opener = new RequestOpener(engines, bytes -> {});
    RequestOpener.Examined examined = opener.examine(request);
    CatalogueShape shape = examined.shape();
    CatalogueSize train = engines.catalogues().size(examined.dataset());
    CatalogueSize test =
        examined.test() == null
            ? new CatalogueSize(0, true, 0)
            : engines.catalogues().size(examined.test());
    EmbeddingModel model = measured ? examined.model() : null;
    TextEmbedder embedder =
        model == null
            ? null
            : engines.embedder(Requests.model(engines, model, uri(examined.weights())));
    int dimension =
        shape.kind() == CatalogueKind.VECTORS
            ? shape.dimension()
            : embedder != null ? embedder.dimensions() : usualDimension(request);
    List<String> texts =
        shape.kind() == CatalogueKind.TEXTS
            ? firstTexts(examined.dataset(), RequestOpener.columns(request))
            : List.of();
    boolean inPlace =
        examined.dataset().local()
            && shape.files().stream().allMatch(file -> file.endsWith(".npy"));
    RunShape run =
        new RunShape(
            Math.max(1, train.rows()),
            test.rows(),
            train.exact() && test.exact(),
            dimension,
            shape.kind() == CatalogueKind.TEXTS,
            inPlace,
            shape.kind() == CatalogueKind.TEXTS
                || (inPlace
                    && !Boolean.TRUE.equals(request.normalize())
                    && halfs(examined.dataset())),
            Math.round((train.rows() + test.rows()) * meanBytes(texts)),
            request.size(),
            request.uniform(),
            OpenedRequest.Scope.valueOf(request.scope().name()),
            request.refit(),
            request.beam(),
            opener.shardRows(request, shape.kind(), examined.dataset()),
            engines.threads());
    Speeds speeds =
        measured
            ? new Speeds(
                scanSeconds(run.sizes(), dimension),
                embedder == null ? 0 : textsPerSecond(embedder, texts))
            : null;
    return RunPlanning.of(
        run, speeds, freeBytes(examined.output()), machineBytes(), request.warnings());
  }

  private static @Nullable String uri(@Nullable Location location) {
    return location == null ? null : location.uri();
  }

  /** What the models have that are known by name. */
  private static int usualDimension(BuildRequest request) {
    Integer wanted = request.dimensions();
    return wanted != null
        ? wanted
        : switch (request.model()) {
          case "minilm" -> 384;
          case "gemma-3-270m" -> 640;
          case "qwen3-embedding-8b" -> 4_096;
          default -> 1_024;
        };
  }

  /**
   * Of each level: random rows find the nearest of random codewords, once to load and to compile
   * what is needed and then for half a second. The fastest time counts: the others are slowed by
   * what else the machine does.
   */
  private List<Double> scanSeconds(List<Integer> sizes, int dimension) {
    Map<Integer, Double> known = new HashMap<>();
    List<Double> seconds = new ArrayList<>();
    for (int size : sizes) {
      seconds.add(known.computeIfAbsent(size, unused -> scanSeconds(size, dimension)));
    }
    return seconds;
  }

  private double scanSeconds(int size, int dimension) {
    int count = Math.max(1, Math.min(ROWS, (1 << 26) / dimension));
    Rows rows = Rows.of(random(count, dimension), dimension);
    List<Codewords> level = List.of(new Codewords(random(size, dimension), size, dimension));
    int[][] codes = new int[1][count];
    Arithmetic arithmetic = engines.arithmetic();
    Runnable scan =
        () -> NearestCodes.encode(rows, 0, count, level, 1.01, arithmetic, codes, Progress.NONE);
    scan.run();
    double fastest = Double.POSITIVE_INFINITY;
    double seconds = 0;
    while (seconds < SECONDS_A_LEVEL) {
      long begun = System.nanoTime();
      scan.run();
      double took = (System.nanoTime() - begun) / 1e9;
      fastest = Math.min(fastest, took);
      seconds += took;
    }
    return fastest / count;
  }

  /** Rows of length 1. */
  private static float[] random(int rows, int dimension) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[Math.multiplyExact(rows, dimension)];
    for (int row = 0; row < rows; row++) {
      double squares = 0;
      for (int i = row * dimension; i < (row + 1) * dimension; i++) {
        values[i] = (float) (random.nextDouble() - 0.5);
        squares += (double) values[i] * values[i];
      }
      float scale = (float) (1 / Math.sqrt(Math.max(1e-12, squares)));
      for (int i = row * dimension; i < (row + 1) * dimension; i++) {
        values[i] *= scale;
      }
    }
    return values;
  }

  /** As they are stored, whatever the catalogue's files are packed with. */
  private static double meanBytes(List<String> texts) {
    return texts.stream()
        .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
        .average()
        .orElse(0);
  }

  private boolean halfs(Location dataset) {
    return engines.catalogues().segments(dataset, null).stream()
        .allMatch(segment -> segment.type().equals("float16"));
  }

  private static double textsPerSecond(TextEmbedder embedder, List<String> texts) {
    int warming = Math.min(WARMING_TEXTS, texts.size() / 2);
    embed(embedder, texts.subList(0, warming));
    long begun = System.nanoTime();
    List<String> timed = texts.subList(warming, Math.min(TEXTS, texts.size()));
    embed(embedder, timed);
    return timed.size() / Math.max(1e-9, (System.nanoTime() - begun) / 1e9);
  }

  private static void embed(TextEmbedder embedder, List<String> texts) {
    if (!texts.isEmpty()) {
      float[] target = new float[texts.size() * embedder.dimensions()];
      embedder.embed(texts, target, done -> {});
    }
  }

  private List<String> firstTexts(Location dataset, Columns columns) {
    List<String> texts = new ArrayList<>();
    try {
      engines
          .catalogues()
          .prepare(
              dataset,
              null,
              Requests.fields(columns),
              FIRST_ROWS,
              shard -> {
                texts.addAll(Arrays.asList(shard.texts()));
                throw new EnoughException();
              },
              rows -> {});
    } catch (EnoughException e) {
      return texts;
    }
    throw new IllegalStateException("A catalogue without rows was let through.");
  }

  /** Ends the reading of a catalogue. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnoughException() {
      super(null, null, false, false);
    }
  }

  private static @Nullable Long freeBytes(Location output) {
    if (!output.local()) {
      return null;
    }
    Path folder = output.path();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    try {
      return folder == null ? null : (Long) Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return null;
    }
  }

  private static long machineBytes() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getTotalMemorySize();
  }
}
