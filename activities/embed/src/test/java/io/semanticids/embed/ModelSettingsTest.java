package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModelSettingsTest {
  private static final ModelSettings MINILM = ModelSettings.of("minilm");

  @Test
  void defaultsHaveNoProblems() {
    assertThat(TextEmbedders.problems(MINILM)).isEmpty();
    assertThat(TextEmbedders.names()).first().isEqualTo("minilm");
  }

  @Test
  void anUnknownNameGetsTheNearestOne() {
    assertThat(TextEmbedders.problems(ModelSettings.of("mini-lm")))
        .singleElement()
        .asString()
        .contains("\"mini-lm\"", "Did you mean \"minilm\"");
    assertThat(TextEmbedders.problems(ModelSettings.of("Qwen3-Embedding-8B")))
        .singleElement()
        .asString()
        .contains("Did you mean \"qwen3-embedding-8b\"");
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    ModelSettings wrong =
        MINILM
            .withWeights(Path.of("/nowhere"))
            .withDimensions(385)
            .withMaxTokens(513)
            .withInstruction("Find:")
            .withPooling("last")
            .withPrecision("bfloat16");
    assertThat(TextEmbedders.problems(wrong))
        .hasSize(6)
        .anySatisfy(problem -> assertThat(problem).contains("dimensions is 385", "1 to 384"))
        .anySatisfy(problem -> assertThat(problem).contains("maxTokens is 513", "3 to 512"))
        .anySatisfy(problem -> assertThat(problem).contains("/nowhere", "comes with the program"))
        .anySatisfy(problem -> assertThat(problem).contains("pooling is \"last\"", "\"mean\""))
        .anySatisfy(problem -> assertThat(problem).contains("\"bfloat16\"", "float32"))
        .anySatisfy(problem -> assertThat(problem).contains("takes no instruction"));
    assertThatThrownBy(() -> TextEmbedders.open(wrong))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("dimensions is 385")
        .hasMessageContaining("maxTokens is 513");
  }

  @Test
  void zeroAndNegativeNumbersAreProblems() {
    assertThat(TextEmbedders.problems(MINILM.withDimensions(0))).hasSize(1);
    assertThat(TextEmbedders.problems(MINILM.withMaxTokens(-1))).hasSize(1);
    assertThat(TextEmbedders.problems(MINILM.withMaxTokens(2))).hasSize(1);
    assertThat(TextEmbedders.problems(MINILM.withMaxTokens(3))).isEmpty();
  }

  @Test
  void aModelThatIsReadFromFilesNeedsThem() {
    ModelSettings without = ModelSettings.of("checkpoint");
    assertThat(TextEmbedders.problems(without))
        .singleElement()
        .asString()
        .contains("needs weights", "config.json");
    assertThat(TextEmbedders.problems(without.withWeights(Path.of("/nowhere"))))
        .singleElement()
        .asString()
        .contains("/nowhere", "not a folder");
  }

  @Test
  void theIdentityFollowsWhatChangesVectorsAndNothingElse() {
    ModelIdentity identity = TextEmbedders.identity(MINILM);
    assertThat(identity.weightsSha256()).matches("[0-9a-f]{64}");
    assertThat(identity.sha256()).matches("[0-9a-f]{64}");
    assertThat(TextEmbedders.identity(MINILM.withDimensions(384).withMaxTokens(256)))
        .isEqualTo(identity);
    assertThat(TextEmbedders.identity(MINILM.withDimensions(383)).sha256())
        .isNotEqualTo(identity.sha256());
    assertThat(TextEmbedders.identity(MINILM.withMaxTokens(255)).sha256())
        .isNotEqualTo(identity.sha256());
    assertThat(TextEmbedders.identity(MINILM.withNormalize(false)).sha256())
        .isNotEqualTo(identity.sha256());
  }
}
