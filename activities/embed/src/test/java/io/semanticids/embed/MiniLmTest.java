package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MiniLmTest {
  private static final ModelSettings MINILM = ModelSettings.of("minilm");
  private static TextEmbedder embedder;

  @BeforeAll
  static void open() {
    embedder = TextEmbedders.open(MINILM, 2);
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  @Test
  void similaritiesAreThoseOfTheModelsOwnDocumentation() {
    // Sentence Transformers documentation, "Quickstart", with all-MiniLM-L6-v2.
    float[] vectors =
        embed(
            embedder,
            List.of(
                "The weather is lovely today.",
                "It's so sunny outside!",
                "He drove to the stadium."));
    assertThat(product(vectors, 0, 1)).isCloseTo(0.6660, within(5e-4));
    assertThat(product(vectors, 0, 2)).isCloseTo(0.1046, within(5e-4));
    assertThat(product(vectors, 1, 2)).isCloseTo(0.1411, within(5e-4));
  }

  @Test
  void rowsDependOnNeitherNeighboursNorOrderNorThreads() {
    List<String> texts = mixedTexts(60);
    float[] together = embed(embedder, texts);
    try (TextEmbedder single = TextEmbedders.open(MINILM, 1)) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        order.add(i);
      }
      Collections.shuffle(order, new Random(5));
      float[] shuffled = embed(single, order.stream().map(texts::get).toList());
      for (int i = 0; i < order.size(); i++) {
        assertThat(row(shuffled, i)).isEqualTo(row(together, order.get(i)));
      }
    }
    for (int i = 0; i < 20; i++) {
      assertThat(embed(embedder, List.of(texts.get(i)))).isEqualTo(row(together, i));
    }
  }

  @Test
  void anyTextHasAVectorOfUnitLength() {
    List<String> texts =
        List.of(
            "",
            " ",
            "\n\t\r ",
            "\u0000",
            "\u0001\u0007\u001b[31m\u009f",
            "\ud800",
            "\udfff and \ud800 in the wrong order",
            "😀👩‍👩‍👧‍👦🇩🇪",
            "\u202eשלום مرحبا\u202c",
            "e\u0301\u0301\u0301\u0301 \ufeff\u200b\u200d",
            "日本語の製品説明 한국어 ภาษาไทย",
            "\ufffe\uffff\ue000\udbff\udfff",
            "a".repeat(1 << 20),
            "word ".repeat(1 << 18),
            "漢".repeat(1 << 16),
            "\u0000".repeat(1 << 18),
            "😀".repeat(1 << 16),
            "!".repeat(1 << 16));
    float[] vectors = embed(embedder, texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(product(vectors, i, i)).as("text %d", i).isCloseTo(1, within(1e-5));
    }
    assertThat(row(vectors, 1)).as("blank is empty").isEqualTo(row(vectors, 0));
    assertThat(row(vectors, 2)).isEqualTo(row(vectors, 0));
  }

  @Test
  void loneSurrogatesAreReplacedAndPairsKept() {
    assertThat(TextTokens.wellFormed("a\ud800b\udc00c")).isEqualTo("a\ufffdb\ufffdc");
    assertThat(TextTokens.wellFormed("a😀b\ud83d")).isEqualTo("a😀b\ufffd");
    String plain = "plain";
    assertThat(TextTokens.wellFormed(plain)).isSameAs(plain);
  }

  @Test
  void overLongTextsAreCutAtTheirEnd() {
    String exact = "desk ".repeat(254);
    float[] vectors = embed(embedder, List.of(exact, exact + "lamp", exact + "x".repeat(1_000)));
    assertThat(row(vectors, 1)).isEqualTo(row(vectors, 0));
    assertThat(row(vectors, 2)).isEqualTo(row(vectors, 0));
    try (TextEmbedder wide = TextEmbedders.open(MINILM.withMaxTokens(512), 1);
        TextEmbedder narrow = TextEmbedders.open(MINILM.withMaxTokens(3), 1)) {
      float[] longer = embed(wide, List.of(exact, exact + "lamp", "lamp ".repeat(10_000)));
      assertThat(row(longer, 0)).isEqualTo(row(vectors, 0));
      assertThat(row(longer, 1)).isNotEqualTo(row(vectors, 0));
      assertThat(wide.tokens()).isEqualTo(256 + 257 + 512);
      float[] shorter = embed(narrow, List.of("lamp", "lamp shade"));
      assertThat(row(shorter, 1)).isEqualTo(row(shorter, 0));
    }
  }

  @Test
  void fewerDimensionsAreTheLeadingOnesRenormalised() {
    List<String> texts = mixedTexts(5);
    float[] full = embed(embedder, texts);
    try (TextEmbedder cut = TextEmbedders.open(MINILM.withDimensions(64), 1);
        TextEmbedder raw = TextEmbedders.open(MINILM.withDimensions(64).withNormalize(false), 1)) {
      float[] vectors = embed(cut, texts);
      float[] plain = embed(raw, texts);
      for (int i = 0; i < texts.size(); i++) {
        float[] leading = Arrays.copyOfRange(full, i * 384, i * 384 + 64);
        double length = length(leading);
        double plainLength = length(Arrays.copyOfRange(plain, i * 64, (i + 1) * 64));
        assertThat(plainLength).isNotCloseTo(1, within(1e-3));
        for (int d = 0; d < 64; d++) {
          assertThat((double) vectors[i * 64 + d])
              .isCloseTo(leading[d] / length, within(1e-6))
              .isCloseTo(plain[i * 64 + d] / plainLength, within(1e-6));
        }
      }
    }
  }

  @Test
  void moreTextsThanAGroupKeepTheirOrder() {
    List<String> few = List.of("pen", "pencil", "paper clip");
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 4_100; i++) {
      many.add(few.get(i % 3));
    }
    float[] three = embed(embedder, few);
    float[] all = embed(embedder, many);
    for (int i : new int[] {0, 511, 512, 4_095, 4_096, 4_099}) {
      assertThat(row(all, i)).isEqualTo(row(three, i % 3));
    }
  }

  @Test
  void nothingInNothingOut() {
    embedder.embed(List.of(), new float[0]);
  }

  @Test
  void wrongCallsAreRefused() {
    assertThatThrownBy(() -> embedder.embed(List.of("a", "b"), new float[384]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("384 values")
        .hasMessageContaining("2 texts");
    assertThatThrownBy(() -> embedder.embed(Arrays.asList("a", null), new float[768]))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("null");
    TextEmbedder closed = TextEmbedders.open(MINILM, 1);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.embed(List.of("a"), new float[384]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void anInterruptStopsIt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> embed(embedder, mixedTexts(200)))
        .isInstanceOf(EmbeddingException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void itPassesTheGate() {
    GateResult result = Gate.check(embedder, mixedTexts(30));
    assertThat(result.texts()).isEqualTo(30);
    assertThat(result.maxDifference()).isZero();
    assertThat(embedder.identity()).isEqualTo(TextEmbedders.identity(MINILM));
  }

  private static float[] embed(TextEmbedder embedder, List<String> texts) {
    float[] target = new float[texts.size() * embedder.dimensions()];
    embedder.embed(texts, target);
    return target;
  }

  private static float[] row(float[] vectors, int row) {
    return Arrays.copyOfRange(vectors, row * 384, (row + 1) * 384);
  }

  private static double product(float[] vectors, int a, int b) {
    double sum = 0;
    for (int d = 0; d < 384; d++) {
      sum += (double) vectors[a * 384 + d] * vectors[b * 384 + d];
    }
    return sum;
  }

  private static double length(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  /** Texts of 1 to about 100 words; lengths repeat, so that batches have several rows. */
  private static List<String> mixedTexts(int count) {
    SplittableRandom random = new SplittableRandom(11);
    List<String> words = List.of("ink", "paper", "desk", "HP-74", "blue", "A4", "10x", "stapler");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = i % 3 == 0 ? random.nextInt(1, 100) : random.nextInt(1, 8);
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < length; w++) {
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
