package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against transformers' tokenizer on 200 real texts. The tokenizers are of the families' kinds, but
 * trained on these texts ({@code infra/checkpoints/make.py tokenizers}): the models' own have
 * licences and megabytes.
 */
class TokenParityTest {
  private static final Path PRODUCTS =
      Path.of("../../../shared/data/office-products.jsonl").toAbsolutePath().normalize();

  private static final Path TOKENIZERS = Path.of("src/test/resources/tokenizers");

  @ParameterizedTest
  @ValueSource(strings = {"qwen3", "gemma3"})
  void tokensOfRealTextsAreThoseOfTransformers(String family) throws IOException {
    assumeTrue(Files.exists(PRODUCTS), "there is no " + PRODUCTS);
    List<String> texts = texts();
    List<String> expected = Files.readAllLines(TOKENIZERS.resolve(family + "-expected.tsv"));
    List<String> found = new ArrayList<>();
    try (InputStream json = Files.newInputStream(TOKENIZERS.resolve(family + ".json"));
        TextTokens tokens = TextTokens.read(json, 32_768, "", 2_000, 0)) {
      for (String line : expected) {
        int row = Integer.parseInt(line.substring(0, line.indexOf('\t')));
        long[] ids = tokens.of(texts.get(row));
        found.add("%d\t%d\t%s".formatted(row, ids.length, digest(ids)));
      }
    }
    assertThat(found).hasSize(200).isEqualTo(expected);
  }

  /** SHA-256 of the numbers as little-endian int32, as make.py takes it. */
  private static String digest(long[] ids) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long id : ids) {
      bytes.putInt((int) id);
    }
    return Sha256.of(bytes.array());
  }

  /** Title, line feed, description: as a request's defaults read them. */
  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String line : Files.readAllLines(PRODUCTS)) {
      JsonObject item = JsonParser.parseString(line).getAsJsonObject();
      texts.add(
          Stream.of("title", "description")
              .map(item::get)
              .filter(Objects::nonNull)
              .map(value -> value.getAsString())
              .filter(value -> !value.isEmpty())
              .reduce((a, b) -> a + "\n" + b)
              .orElse(""));
    }
    return texts;
  }
}
