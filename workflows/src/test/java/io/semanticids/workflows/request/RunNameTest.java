package io.semanticids.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a", "A.b_c-9", "0b2c6a4e-95d1-4d57-8f6f-3f0f6a9a7a11", "_", "-x", "a..b"})
  void lettersDigitsDotsUnderscoresAndHyphensAreGood(String name) {
    assertThat(new RunName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", ".hidden", "a/b", "../x", "a b", "é", "a\n", "a\u0000", "a:b", "٣", "a\\b"
      })
  void othersAreInvalid(String name) {
    assertThatThrownBy(() -> new RunName(name))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContainingAll(
            "run name (workflow id)", "take 1 to 128 letters, digits, '.', '_' and '-'");
  }

  @Test
  void namesHaveAtMost128Characters() {
    assertThat(new RunName("x".repeat(128)).value()).hasSize(128);
    assertThatThrownBy(() -> new RunName("x".repeat(129))).hasMessageContaining("129 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "../shared/data/office-products.jsonl, office-products",
    "s3://catalogue/items/, items",
    "s3://catalogue/, catalogue",
    "file:///data/my%20items.csv.gz, my-items",
    "/data/Größe (neu).parquet, Gr-e-neu",
    "/data/.hidden, hidden",
    "/, dataset",
    "日本, dataset",
    "vectors.npy, vectors",
  })
  void theDefaultNameIsTheDatasetsAndTheFingerprints(String dataset, String name) {
    BuildRequest request = RequestReader.read(Json.object().put("dataset", dataset));
    assertThat(RunName.of(request).value())
        .isEqualTo(name + "-" + RequestFingerprint.of(request).substring(0, 8));
  }

  @Test
  void longDatasetNamesAreCut() {
    BuildRequest request = RequestReader.read(Json.object().put("dataset", "/" + "n".repeat(300)));
    assertThat(RunName.of(request).value()).hasSize(128).matches("n{119}-[0-9a-f]{8}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'output': 's3://b/o'",
        "'shardRows': 512",
        "'queueTimeout': 'PT5M'",
        "'size': '256'",
        "'levels': 3"
      })
  void whereAndHowARunIsComputedDoesNotRenameIt(String fields) {
    assertThat(RequestFingerprint.of(Requests.read(fields)))
        .isEqualTo(RequestFingerprint.of(Requests.read("")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'seed': 2",
        "'test': 's3://b/t'",
        "'dataset': 's3://b/other'",
        "'size': 255",
        "'uniform': true",
        "'tau': 0.5",
        "'accelerate': true"
      })
  void whatItComputesDoes(String fields) {
    assertThat(RequestFingerprint.of(Requests.read(fields)))
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(RequestFingerprint.of(Requests.read("")));
  }
}
