package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.store.Column;
import io.semanticids.store.ColumnFile;
import io.semanticids.store.HalfFloats;
import io.semanticids.tensor.UnitRows;
import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.OpenedRequest;
import io.semanticids.workflows.activity.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Given vectors under {@code normalize}: their lengths say nothing then. */
class NormalizedVectorsTest {
  private static final int TRAIN = 1_300;
  private static final int TEST = 150;
  private static final int DIMENSION = 9;

  /** Of a row of zeros, which has no direction. */
  private static final int ZERO = 5;

  /** These differ by where the data lie. */
  private static final String[] PLACES = {"request.json", "manifest.json", "report.html"};

  @TempDir Path root;

  /** Vectors around a few centres that float16 holds exactly, also times 2^0 to 2^8. */
  private static float[] vectors() {
    SplittableRandom random = new SplittableRandom(3);
    double[] centres = random.doubles(6 * DIMENSION, -1, 1).toArray();
    float[] vectors = new float[(TRAIN + TEST) * DIMENSION];
    for (int row = 0; row < TRAIN + TEST; row++) {
      int centre = random.nextInt(6) * DIMENSION;
      for (int d = 0; d < DIMENSION; d++) {
        double value = centres[centre + d] + random.nextDouble(-0.4, 0.4);
        vectors[row * DIMENSION + d] =
            row == ZERO ? 0 : HalfFloats.toFloat(HalfFloats.of((float) value));
      }
    }
    return vectors;
  }

  /** The vectors, row i times 2^exponent(i): exactly, so that directions are the same bits. */
  private static float[] scaled(IntUnaryOperator exponent) {
    float[] scaled = vectors();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Math.scalb(scaled[i], exponent.applyAsInt(i / DIMENSION));
    }
    return scaled;
  }

  private static void write(Path file, float[] all, int from, int rows) throws IOException {
    if (file.toString().endsWith(".arrow")) {
      float[] values = new float[rows * DIMENSION];
      System.arraycopy(all, from * DIMENSION, values, 0, values.length);
      List<String> ids = IntStream.range(from, from + rows).mapToObj(Integer::toString).toList();
      ColumnFile.write(
          file,
          Map.of(),
          Column.strings("id", ids),
          Column.matrix32("embedding", values, DIMENSION));
      return;
    }
    boolean halfs = file.toString().endsWith(".f2.npy");
    String header =
        "{'descr': '<f%d', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(halfs ? 2 : 4, rows, DIMENSION);
    ByteBuffer bytes =
        ByteBuffer.allocate(128 + rows * DIMENSION * (halfs ? 2 : 4))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    bytes.put((byte) 0).putShort((short) 118);
    bytes.put(
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
    for (int i = from * DIMENSION; i < (from + rows) * DIMENSION; i++) {
      if (halfs) {
        bytes.putShort(HalfFloats.of(all[i]));
      } else {
        bytes.putFloat(all[i]);
      }
    }
    Files.write(file, bytes.array());
  }

  private ObjectNode request(String suffix, float[] vectors, Object... keysAndValues)
      throws IOException {
    Path folder = Files.createTempDirectory(root, "data");
    Path train = folder.resolve("train" + suffix);
    Path test = folder.resolve("test" + suffix);
    write(train, vectors, 0, TRAIN);
    write(test, vectors, TRAIN, TEST);
    ObjectNode request =
        Pipeline.request(
            "dataset",
            train.toString(),
            "test",
            test.toString(),
            "output",
            folder.toString(),
            "size",
            new int[] {5, 4});
    request.setAll(Pipeline.request(keysAndValues));
    return request;
  }

  /** What a run publishes, by name, but for {@link #PLACES}. */
  private Map<String, String> published(Pipeline pipeline, ObjectNode request) throws IOException {
    pipeline.build(request, "run");
    return Pipeline.published(Path.of(request.path("output").asText(), "runs/run"), PLACES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"level", "prefix"})
  void lengthsChangeNothing(String scope) throws IOException {
    Object[] settings = {"uniform", true, "scope", scope, "normalize", true};
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      Map<String, String> expected =
          published(pipeline, request(".f4.npy", scaled(row -> row * 7 % 9 - 4), settings));
      assertThat(expected.get("codebook/codebook.json")).contains("\"normalize\" : true");
      assertThat(expected.get("codebook/before/codebook.json")).contains("\"normalize\" : true");
      for (String suffix : List.of(".f2.npy", ".arrow")) {
        ObjectNode other = request(suffix, scaled(row -> row % 9), settings);
        assertThat(published(pipeline, other)).isEqualTo(expected);
      }
    }
  }

  @Test
  void lengthsCountWithoutIt() throws IOException {
    float[] vectors = scaled(row -> row % 3);
    try (Pipeline pipeline = Pipeline.open(root, 2)) {
      Map<String, String> yes = published(pipeline, request(".f4.npy", vectors, "normalize", true));
      Map<String, String> no = published(pipeline, request(".f4.npy", vectors, "normalize", false));
      assertThat(published(pipeline, request(".f4.npy", vectors))).isEqualTo(no);
      assertThat(no.keySet()).isEqualTo(yes.keySet());
      for (String name :
          List.of("semantic-ids.jsonl", "codebook/centroids-1.npy", "codebook/codebook.json")) {
        assertThat(no.get(name)).isNotEqualTo(yes.get(name));
      }
      assertThat(no.get("codebook/codebook.json")).doesNotContain("normalize");
    }
  }

  @Test
  void vectorsAreReadWithLengthOneWhereverTheyLie() throws IOException {
    float[] expected = vectors();
    UnitRows.scale(expected, TRAIN + TEST, DIMENSION);
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      for (String suffix : List.of(".f2.npy", ".f4.npy", ".arrow")) {
        ObjectNode request =
            request(suffix, scaled(row -> row % 9), "normalize", true, "shardRows", 512);
        OpenedRequest opened = pipeline.open(request, "run");
        Artifact items = pipeline.run(opened.context(), opened.prepare()).artifact();
        try (StageScope scope = pipeline.scope(opened.context(), items)) {
          StoredVectors stored = scope.vectors(items, items);
          float[] read = new float[expected.length];
          stored.read(0, TRAIN + TEST, read);
          assertThat(read).containsExactly(expected);
          assertThat(stored.halfs()).isFalse();
          assertThat(stored.maxNorm()).isEqualTo(1 + 1e-6);
        }
      }
    }
  }

  @Test
  void zerosAreOfNoLength() throws IOException {
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      ObjectNode request =
          request(".f4.npy", new float[(TRAIN + TEST) * DIMENSION], "normalize", true);
      OpenedRequest opened = pipeline.open(request, "run");
      Artifact items = pipeline.run(opened.context(), opened.prepare()).artifact();
      try (StageScope scope = pipeline.scope(opened.context(), items)) {
        assertThat(scope.vectors(items, items).maxNorm()).isZero();
      }
    }
  }

  /** Where it says nothing new, artifacts are found under the names that they had. */
  @Test
  void onlyVectorsThatAreNormalizedArePreparedAnew() throws IOException {
    Path texts = root.resolve("texts.jsonl");
    Files.writeString(texts, "{\"id\": 1, \"title\": \"a\"}\n");
    try (Pipeline pipeline = Pipeline.open(root, 1)) {
      Stage.Prepare plain =
          pipeline.open(Pipeline.request("dataset", texts.toString()), "a").prepare();
      for (boolean normalize : new boolean[] {true, false}) {
        OpenedRequest opened =
            pipeline.open(
                Pipeline.request("dataset", texts.toString(), "normalize", normalize), "b");
        assertThat(opened.prepare()).isEqualTo(plain);
        assertThat(opened.model().normalize()).isEqualTo(normalize);
      }
      float[] vectors = vectors();
      Stage.Prepare given = pipeline.open(request(".f4.npy", vectors), "c").prepare();
      assertThat(pipeline.open(request(".f4.npy", vectors, "normalize", false), "d").prepare())
          .isEqualTo(given);
      assertThat(pipeline.open(request(".f4.npy", vectors, "normalize", true), "e").prepare())
          .isEqualTo(new Stage.Prepare(given.dataset(), given.test(), given.columns(), true))
          .isNotEqualTo(given);
    }
  }
}
