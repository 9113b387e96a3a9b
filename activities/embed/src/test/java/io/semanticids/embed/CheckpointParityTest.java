package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.semanticids.embed.TinyCheckpoints.Expected;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against transformers' own results on tiny random checkpoints. */
class CheckpointParityTest {
  @ParameterizedTest
  @CsvSource({
    "qwen3-f32, float32, 0.99999",
    "qwen3-bf16, bfloat16, 0.999",
    "qwen3-untied, bfloat16, 0.999",
    "qwen3-f16, float32, 0.99999",
    "gemma3-f32, float32, 0.99999",
    "gemma3-bf16, bfloat16, 0.999",
    "gemma3-f16, float32, 0.99999"
  })
  void vectorsAreThoseOfTransformersAloneAndInCompany(
      String name, String precision, double threshold) throws IOException {
    List<Expected> expected = TinyCheckpoints.expected(name);
    List<String> texts = expected.stream().map(Expected::text).toList();
    try (TextEmbedder embedder = open(TinyCheckpoints.folder(name), 2)) {
      assertThat(embedder.identity().precision()).isEqualTo(precision);
      assertThat(embedder.dimensions()).isEqualTo(32);
      float[] together = embed(embedder, texts);
      for (int i = 0; i < texts.size(); i++) {
        float[] alone = embed(embedder, texts.subList(i, i + 1));
        float[] vector = expected.get(i).vector();
        assertThat(cosine(alone, 0, vector)).isGreaterThanOrEqualTo(threshold);
        assertThat(cosine(together, i * 32, vector)).isGreaterThanOrEqualTo(threshold);
      }
      assertThat(Gate.check(embedder, texts).texts()).isEqualTo(texts.size());
    }
  }

  /** As batches for GPUs hold them: among rows longer than the sliding window, too. */
  @ParameterizedTest
  @ValueSource(strings = {"qwen3-f32", "gemma3-f32"})
  void paddedRowsAreThoseOfTransformers(String name) throws Exception {
    List<Expected> rows = new ArrayList<>(TinyCheckpoints.expected(name));
    rows.removeIf(row -> row.ids().length == 0);
    rows.sort(Comparator.comparingInt((Expected row) -> -row.ids().length));
    ModelFamily family =
        ModelFamily.of(Checkpoint.read(CheckpointFolder.of(TinyCheckpoints.folder(name))));
    try (ProgramModel model =
        ProgramModel.open(
            family.program(ElementType.FLOAT32), family.width(), EmbeddingDevice.CPU)) {
      float[] pooled = model.pooled(rows.stream().map(Expected::ids).toArray(long[][]::new));
      for (int i = 0; i < rows.size(); i++) {
        assertThat(cosine(pooled, i * 32, rows.get(i).vector())).isGreaterThan(0.99999);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen3-f32", "gemma3-f32"})
  void tokensAreThoseOfTransformers(String name) throws IOException {
    Path tokenizer = TinyCheckpoints.folder(name).resolve("tokenizer.json");
    try (InputStream json = Files.newInputStream(tokenizer);
        TextTokens tokens = TextTokens.read(json, 512, "", 1_000, 0)) {
      for (Expected row : TinyCheckpoints.expected(name)) {
        assertThat(tokens.of(row.text())).as(row.text()).isEqualTo(row.ids());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen3-f32", "qwen3-bf16", "gemma3-f32", "gemma3-bf16"})
  void theSameWindowGivesTheSameBytesOnAnyNumberOfThreadsAndTwice(String name) throws IOException {
    List<String> texts = manyTexts(name);
    float[] first;
    try (TextEmbedder one = open(TinyCheckpoints.folder(name), 1)) {
      first = embed(one, texts);
      assertThat(embed(one, texts)).isEqualTo(first);
    }
    try (TextEmbedder two = open(TinyCheckpoints.folder(name), 2)) {
      assertThat(embed(two, texts)).isEqualTo(first);
    }
  }

  @Test
  void theOrderOfTextsMovesFloat32RowsByRoundingAtMost() throws IOException {
    List<String> texts = manyTexts("qwen3-f32");
    List<String> shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, new Random(3));
    try (TextEmbedder embedder = open(TinyCheckpoints.folder("qwen3-f32"), 2)) {
      float[] vectors = embed(embedder, texts);
      float[] others = embed(embedder, shuffled);
      for (int i = 0; i < shuffled.size(); i++) {
        int at = texts.indexOf(shuffled.get(i)) * 32;
        float[] row = Arrays.copyOfRange(vectors, at, at + 32);
        assertThat(cosine(others, i * 32, row)).isGreaterThan(0.999999);
      }
    }
  }

  @Test
  void aBfloat16CheckpointCanBeComputedInFloat32() throws IOException {
    ModelSettings settings =
        ModelSettings.of("checkpoint")
            .withWeights(TinyCheckpoints.folder("qwen3-bf16"))
            .withPrecision("float32");
    try (TextEmbedder embedder = TextEmbedders.open(settings, 1)) {
      assertThat(embedder.identity().precision()).isEqualTo("float32");
      for (Expected row : TinyCheckpoints.expected("qwen3-bf16")) {
        assertThat(cosine(embed(embedder, List.of(row.text())), 0, row.vector()))
            .isGreaterThan(0.999);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "with 'quotes\" and \\ spaces", "mit Ümläuten 日本語"})
  void aFolderMayHaveAnyName(String name, @TempDir Path temporary) throws IOException {
    Path folder = TinyCheckpoints.copy("qwen3-bf16", temporary.resolve(name));
    Expected row = TinyCheckpoints.expected("qwen3-bf16").get(0);
    try (TextEmbedder embedder = open(folder, 1)) {
      assertThat(cosine(embed(embedder, List.of(row.text())), 0, row.vector()))
          .isGreaterThan(0.999);
    }
  }

  @Test
  void configurationsOfOlderTransformersMeanTheSame(@TempDir Path temporary) throws IOException {
    for (String name : List.of("qwen3-bf16", "gemma3-f32")) {
      Path folder = TinyCheckpoints.copy(name, temporary);
      Path file = folder.resolve("config.json");
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      json.remove("rope_parameters");
      json.remove("layer_types");
      json.add("rope_theta", new JsonPrimitive(1_000_000.0));
      json.add("rope_local_base_freq", new JsonPrimitive(10_000));
      json.add("_sliding_window_pattern", new JsonPrimitive(3));
      json.add("eos_token_id", new JsonArray());
      Files.writeString(file, json.toString());
      try (TextEmbedder embedder = open(folder, 1)) {
        for (Expected row : TinyCheckpoints.expected(name)) {
          assertThat(cosine(embed(embedder, List.of(row.text())), 0, row.vector()))
              .isGreaterThan(0.999);
        }
      }
    }
  }

  @Test
  void anInstructionStandsBeforeTheText() throws IOException {
    Path folder = TinyCheckpoints.folder("qwen3-f32");
    ModelSettings settings = ModelSettings.of("checkpoint").withWeights(folder);
    try (TextEmbedder plain = TextEmbedders.open(settings, 1);
        TextEmbedder instructed = TextEmbedders.open(settings.withInstruction("Find: "), 1)) {
      assertThat(embed(instructed, List.of("paper")))
          .isEqualTo(embed(plain, List.of("Find: paper")));
      assertThat(instructed.identity().sha256()).isNotEqualTo(plain.identity().sha256());
    }
    assertThat(KnownModel.QWEN3_EMBEDDING_0_6B.prefix("Given a product, find like ones"))
        .isEqualTo("Instruct: Given a product, find like ones\nQuery:");
  }

  /** The leading values of the whole vector, of length one again. */
  @ParameterizedTest
  @ValueSource(strings = {"qwen3-bf16", "gemma3-f32"})
  void fewerDimensionsAreTheLeadingOnes(String name) throws IOException {
    ModelSettings settings =
        ModelSettings.of("checkpoint").withWeights(TinyCheckpoints.folder(name)).withDimensions(8);
    try (TextEmbedder whole = open(TinyCheckpoints.folder(name), 1);
        TextEmbedder cut = TextEmbedders.open(settings, 1)) {
      for (Expected row : TinyCheckpoints.expected(name)) {
        float[] leading = Arrays.copyOf(embed(whole, List.of(row.text())), 8);
        float[] vector = embed(cut, List.of(row.text()));
        assertThat(vector).hasSize(8);
        assertThat(cosine(vector, 0, leading)).isGreaterThan(0.999999);
        double length = 0;
        for (float value : vector) {
          length += (double) value * value;
        }
        assertThat(length).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void cutTextsKeepTheirEndToken() throws IOException {
    Path tokenizer = TinyCheckpoints.folder("qwen3-f32").resolve("tokenizer.json");
    try (InputStream json = Files.newInputStream(tokenizer);
        TextTokens tokens = TextTokens.read(json, 5, "", 384, 0)) {
      long[] ids = tokens.of("word ".repeat(100));
      assertThat(ids).hasSize(5);
      assertThat(ids[4]).isZero();
    }
  }

  @Test
  void tokensWithoutAnEmbeddingAreDropped() throws IOException {
    Path tokenizer = TinyCheckpoints.folder("qwen3-f32").resolve("tokenizer.json");
    try (InputStream json = Files.newInputStream(tokenizer);
        TextTokens few = TextTokens.read(json, 512, "", 60, 7)) {
      assertThat(Arrays.stream(few.of("A stapler")).max().getAsLong()).isLessThan(60);
    }
  }

  private static List<String> manyTexts(String name) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Expected row : TinyCheckpoints.expected(name)) {
      texts.add(row.text());
      texts.add(row.text() + " 2");
      texts.add("B " + row.text());
    }
    return texts;
  }

  private static TextEmbedder open(Path folder, int threads) {
    return TextEmbedders.open(ModelSettings.of("checkpoint").withWeights(folder), threads);
  }

  private static float[] embed(TextEmbedder embedder, List<String> texts) {
    float[] target = new float[texts.size() * embedder.dimensions()];
    embedder.embed(texts, target);
    return target;
  }

  private static double cosine(float[] a, int from, float[] b) {
    double product = 0;
    double left = 0;
    double right = 0;
    for (int d = 0; d < b.length; d++) {
      product += (double) a[from + d] * b[d];
      left += (double) a[from + d] * a[from + d];
      right += (double) b[d] * b[d];
    }
    return product / Math.sqrt(left * right);
  }
}
