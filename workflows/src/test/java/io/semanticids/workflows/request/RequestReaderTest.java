package io.semanticids.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
  @Test
  void defaultsAreThoseOfTheContract() {
    BuildRequest request = RequestReader.read(Requests.json("{'dataset': 's3://b/items/'}"));
    assertThat(request)
        .isEqualTo(
            new BuildRequest(
                "s3://b/items/",
                null,
                null,
                "id",
                List.of("title", "description"),
                "\n",
                null,
                "minilm",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                3,
                List.of(256, 256, 256),
                List.of(false, false, false),
                Scope.LEVEL,
                true,
                new Tau.Auto(),
                30,
                8192,
                1,
                null,
                Duration.ofMinutes(30),
                1));
    assertThat(request.warnings()).isEmpty();
    assertThat(request.balanced()).isFalse();
    assertThat(request.optionalFields()).containsExactly("id", "title", "description");
  }

  @Test
  void theContractsOwnExampleReadsAsTheDefaults() {
    BuildRequest request =
        RequestReader.read(
            Requests.json(
                """
                {'dataset': 's3://catalogue/items/', 'test': null, 'output': 's3://catalogue/semantic-ids/',
                 'id': 'id', 'text': ['title', 'description'], 'separator': '\\n', 'group': null,
                 'model': 'minilm', 'weights': null, 'dimensions': null, 'maxTokens': null, 'normalize': null,
                 'instruction': null, 'pooling': null, 'precision': null, 'accelerate': false,
                 'levels': 3, 'size': 256, 'uniform': false,
                 'scope': 'level', 'refit': true, 'tau': 'auto', 'iterations': 30, 'batch': 8192, 'beam': 1,
                 'shardRows': null, 'queueTimeout': 'PT30M', 'seed': 1}
                """));
    assertThat(request)
        .isEqualTo(
            RequestReader.read(
                Requests.json(
                    "{'dataset': 's3://catalogue/items/', 'output': 's3://catalogue/semantic-ids/'}")));
  }

  /** What arrives | what it is taken for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'levels': 2.0 | 'levels': 2",
        "'levels': '2' | 'levels': 2",
        "'levels': ' 2.0 ' | 'levels': 2",
        "'levels': 2e0 | 'levels': 2",
        "'size': '64' | 'size': 64",
        "'size': 64.0 | 'size': [64, 64, 64]",
        "'size': '100,48,30' | 'size': [100, 48, 30]",
        "'size': ' 100, 48 ,30' | 'size': [100, 48, 30]",
        "'size': ['100', 48.0, 30] | 'size': [100, 48, 30]",
        "'size': [7, 7], 'levels': 2.0 | 'size': 7, 'levels': 2",
        "'size': [65536, 4096], 'uniform': [false, true] | 'uniform': 'false,true', 'size': '65536,4096'",
        "'uniform': 'TRUE' | 'uniform': [true, true, true]",
        "'uniform': 'false,false,true' | 'uniform': [false, false, true]",
        "'refit': 'false' | 'refit': false",
        "'text': 'name' | 'text': ['name']",
        "'seed': '-9223372036854775808' | 'seed': '-9223372036854775808'",
        "'seed': 3.0 | 'seed': '3'",
        "'tau': '0.25' | 'tau': 0.25",
        "'tau': ' auto ' | 'tau': 'auto'",
        "'queueTimeout': 'PT60M' | 'queueTimeout': 'PT1H'",
        "'queueTimeout': 'pt1h' | 'queueTimeout': 'PT1H'",
        "'queueTimeout': 'P1DT1H' | 'queueTimeout': 'PT25H'",
        "'shardRows': '1024.0' | 'shardRows': 1024",
        "'id': null, 'size': null, 'uniform': null, 'seed': null | 'id': 'id'",
      })
  void toleratedFormsAreTakenForTheOneForm(String arrives, String meant) {
    assertThat(Requests.read(arrives)).isEqualTo(Requests.read(meant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'size': [100, 48, 30], 'uniform': [false, false, true], 'scope': 'last'",
        "'size': [65536, 65536, 65536]",
        "'size': 1, 'levels': 26",
        "'size': 7, 'levels': 1, 'uniform': true",
        "'size': 4096, 'uniform': true, 'scope': 'prefix', 'refit': false",
        "'tau': 0.000001",
        "'tau': 1000",
        "'tau': 0.1",
        "'tau': 1",
        "'tau': 0.30000000000000004",
        "'seed': 9007199254740991",
        "'seed': '9007199254740993'",
        "'seed': '9223372036854775807'",
        "'seed': -5",
        "'seed': '-9223372036854775808'",
        "'text': ['ä😀', 'b,c'], 'separator': '', 'group': 'parent', 'id': 'sku'",
        "'model': 'qwen3-embedding-8b', 'weights': 's3://b/w/', 'dimensions': 256, 'maxTokens': 512,"
            + " 'normalize': false, 'instruction': '', 'pooling': 'last', 'precision': 'bfloat16', 'accelerate': true",
        "'output': 's3://b/out', 'test': '/data/test.jsonl', 'shardRows': 1048576, 'queueTimeout': 'PT1.5S'",
        "'queueTimeout': 'P365D', 'iterations': 10000, 'batch': 65536",
        "'queueTimeout': 'PT1S', 'iterations': 1, 'batch': 512",
      })
  void whatWasReadReadsTheSameAgain(String fields) throws Exception {
    BuildRequest request = Requests.read(fields);
    String written = request.toJson().toString();

    assertThat(RequestReader.read(Requests.json(written))).isEqualTo(request);
    assertThat(BuildRequest.fromJson(Requests.json(written))).isEqualTo(request);
    assertThat(RequestReader.read(request.toJson()).toJson()).hasToString(written);
    assertThat(List.copyOf(Requests.json(written).properties()))
        .extracting(Map.Entry::getKey)
        .containsExactlyElementsOf(BuildRequest.keys());

    JsonMapper anyMapper = new JsonMapper();
    assertThat(anyMapper.writeValueAsString(request)).isEqualTo(written);
    assertThat(anyMapper.readValue(written, BuildRequest.class)).isEqualTo(request);
  }

  @Test
  void sizesOfAnyLevelMayDiffer() {
    BuildRequest request = Requests.read("'size': [1000, 48, 200, 256]");
    assertThat(request.levels()).isEqualTo(4);
    assertThat(request.uniform()).containsExactly(false, false, false, false);
  }

  @Test
  void recordedRequestsOfEarlierVersionsStayReadable() {
    assertThat(
            BuildRequest.fromJson(
                Requests.json("{'dataset': 'x', 'size': [9, 8], 'uniform': [true, false]}")))
        .isEqualTo(
            RequestReader.read(
                Requests.json("{'dataset': 'x', 'size': [9, 8], 'uniform': [true, false]}")));
  }

  @Test
  void recordsCannotBeChanged() {
    BuildRequest request = Requests.read("'text': ['a', 'b'], 'size': [3, 4]");
    assertThatThrownBy(() -> request.text().set(0, "x"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> request.size().set(0, 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> request.uniform().set(0, true))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aNamedFieldMustExist() {
    assertThat(Requests.read("'text': ['title', 'brand']").optionalFields()).containsExactly("id");
    assertThat(Requests.read("'id': 'sku'").optionalFields())
        .containsExactly("title", "description");
    assertThat(Requests.read("'text': 'title', 'id': 'sku'").optionalFields()).isEmpty();
  }

  @Test
  void vectorsNeedNoModel() {
    BuildRequest request =
        RequestReader.read(
            Requests.json("{'dataset': '/data/X.NPY', 'model': 'checkpoint', 'text': 'name'}"));
    assertThat(request.warnings())
        .containsExactly("text, model: no effect, because the dataset is vectors already (.npy).");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'scope': 'last', 'tau': 1, 'batch': 512 | scope, tau, batch: no effect, because uniform is false at every level.",
        "'refit': false, 'iterations': 3 | refit, iterations: no effect",
        "'scope': 'last', 'uniform': [true, true, false] | scope: last has no effect, because uniform is false at the last level.",
        "'scope': 'prefix', 'uniform': [true, false, false] | scope: prefix has no effect",
        "'scope': 'prefix', 'size': [8], 'uniform': true | scope: prefix is the same as level",
        "'test': 's3://b/items/' | test: the same location as dataset",
        "'size': [8, 1] | size: a level with one code",
      })
  void settingsWithoutEffectAreWarnedOf(String fields, String said) {
    assertThat(Requests.read(fields).warnings()).singleElement().asString().startsWith(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'scope': 'last', 'uniform': [false, false, true]",
        "'scope': 'prefix', 'uniform': [false, true, false], 'tau': 0.5, 'refit': false",
        "'uniform': true, 'iterations': 3, 'batch': 512",
      })
  void settingsWithEffectAreNot(String fields) {
    assertThat(Requests.read(fields).warnings()).isEmpty();
  }

  @Test
  void messagesDoNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Requests.problems("'batch': 65537").get(0)).contains("65,536");
      assertThat(Requests.read("'tau': 0.25").toJson().toString()).contains("\"tau\":0.25");
    } finally {
      Locale.setDefault(before);
    }
  }
}
