package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against transformers' own results on tiny random checkpoints; {@code infra/checkpoints/make.py}
 * made both.
 */
class CheckpointParityTest {
  private static final Path CHECKPOINTS = Path.of("src/test/resources/checkpoints");

  @ParameterizedTest
  @CsvSource({
    "qwen3-f32, 0.99999",
    "qwen3-bf16, 0.999",
    "qwen3-f16, 0.999",
    "gemma3-f32, 0.99999",
    "gemma3-bf16, 0.999"
  })
  void vectorsAreThoseOfTransformersAloneAndInCompany(String name, double threshold)
      throws IOException {
    Path folder = CHECKPOINTS.resolve(name);
    List<String> texts = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    for (JsonElement row :
        JsonParser.parseString(Files.readString(folder.resolve("expected.json")))
            .getAsJsonArray()) {
      JsonObject object = row.getAsJsonObject();
      texts.add(object.get("text").getAsString());
      vectors.add(floats(object.getAsJsonArray("vector")));
    }
    ModelSettings settings = ModelSettings.of("checkpoint").withWeights(folder);
    try (TextEmbedder embedder = TextEmbedders.open(settings, 2)) {
      int d = embedder.dimensions();
      float[] together = new float[texts.size() * d];
      embedder.embed(texts, together);
      float[] alone = new float[d];
      for (int i = 0; i < texts.size(); i++) {
        embedder.embed(List.of(texts.get(i)), alone);
            "%s %d %.7f %.7f%n",
            name, i, cosine(alone, 0, vectors.get(i)), cosine(together, i * d, vectors.get(i)));
        assertThat(cosine(alone, 0, vectors.get(i))).isGreaterThanOrEqualTo(threshold);
        assertThat(cosine(together, i * d, vectors.get(i))).isGreaterThanOrEqualTo(threshold);
      }
      assertThat(Gate.check(embedder, texts).texts()).isEqualTo(texts.size());
    }
  }

  private static float[] floats(JsonArray array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).getAsFloat();
    }
    return values;
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
