package io.semanticids.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestTest {
  /** Fields of a request | the key that is named | what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Keys.
        "'siez': 3 | siez | did you mean size?",
        "'shard_rows': 512 | shard_rows | did you mean shardRows?",
        "'num_levels': 3 | num_levels | did you mean levels?",
        "'wombat': 3 | wombat | `sid schema` lists them",
        "'': 3 | `\"\"` | there is no such key",
        "'größe': 3 | größe | there is no such key",
        "'a\\u202eb\\nc': 3 | a\\u202eb\\nc | there is no such key",
        // Locations.
        "'dataset': null | dataset | is missing; say where the catalogue lies",
        "'dataset': '' | dataset | is empty",
        "'dataset': 5 | dataset | 5 is not a string; write it in quotes",
        "'dataset': ['a'] | dataset | [\"a\"] is not a string",
        "'dataset': 'https://h/x?sig=SECRET' | dataset | \"https://h/x?…\" has the scheme https; locations are s3://",
        "'dataset': 's3://b/../c' | dataset | climbs with '..'",
        "'output': 's3:///x' | output | names no bucket",
        "'test': 'file://host/x' | test | names a host",
        "'dataset': 'a\\u0000b' | dataset | a\\u0000b\" holds a control character",
        "'dataset': 'a\\ud800b' | dataset | half a surrogate pair",
        // Fields of the catalogue.
        "'id': 7 | id | 7 is not a string",
        "'id': ' ' | id | is empty",
        "'text': [] | text | [] lists 0 fields",
        "'text': ['a', 3] | text | 3 is not a string",
        "'text': ['a', 'a'] | text | \"a\" is listed twice",
        "'text': {'a': 1} | text | {\"a\":1} is not a string",
        "'group': '' | group | is empty",
        // Choices.
        "'model': 'bert' | model | \"bert\" is not one of minilm, qwen3-embedding-0.6b",
        "'model': 'qwen3-embeding-8b' | model | did you mean qwen3-embedding-8b?",
        "'model': 3 | model | 3 is not one of",
        "'model': 'checkpoint' | weights | is missing, and model checkpoint needs it",
        "'weights': 's3://b/w' | weights | minilm is built in and takes none",
        "'scope': 'lvel' | scope | \"lvel\" is not one of level, last, prefix; did you mean level?",
        "'pooling': 'max' | pooling | not one of last, mean",
        "'precision': 'float16' | precision | not one of float32, bfloat16; did you mean",
        // Booleans.
        "'refit': 1 | refit | 1 is neither true nor false",
        "'accelerate': 'yes' | accelerate | \"yes\" is neither true nor false",
        "'normalize': [] | normalize | [] is neither true nor false",
        // Numbers.
        "'dimensions': 0 | dimensions | 0 is too small; the least is 1",
        "'maxTokens': -5 | maxTokens | -5 is too small",
        "'maxTokens': 1.5 | maxTokens | 1.5 is not a whole number",
        "'iterations': 0 | iterations | the least is 1",
        "'iterations': 10001 | iterations | the most is 10,000",
        "'batch': 511 | batch | the least is 512",
        "'batch': 65537 | batch | the most is 65,536",
        "'batch': 1e300 | batch | too large",
        "'batch': '1e999999999' | batch | is not a whole number",
        "'batch': 'many' | batch | \"many\" is not a whole number",
        "'beam': 0 | beam | the least is 1",
        "'beam': 257 | beam | the most is 256",
        "'beam': 2, 'size': [256, 9000, 256] | beam | levels of at most 8,192 codes",
        "'shardRows': 1000 | shardRows | 1,000 is not a multiple of 512; take 512 or 1,024",
        "'shardRows': 0 | shardRows | the least is 512",
        "'seed': 9007199254740992 | seed | beyond 2^53, where JSON numbers lose digits on their way; write it in quotes",
        "'seed': 9223372036854775808 | seed | too large; the most is 9,223,372,036,854,775,807",
        "'seed': '9223372036854775808' | seed | too large",
        "'seed': 0.5 | seed | not a whole number",
        "'tau': 0 | tau | out of range; write \"auto\" or a number from 0.000001 to 1,000",
        "'tau': -1 | tau | out of range",
        "'tau': 'NaN' | tau | \"NaN\" is not \"auto\" or a number",
        "'tau': true | tau | true is not \"auto\" or a number",
        "'queueTimeout': '30m' | queueTimeout | \"30m\" is not a duration; write an ISO-8601 duration such as PT30M",
        "'queueTimeout': 30 | queueTimeout | 30 is not a duration",
        "'queueTimeout': 'PT0S' | queueTimeout | not between a second and 365 days",
        "'queueTimeout': '-PT5M' | queueTimeout | not between",
        // Levels.
        "'levels': 0 | levels | the least is 1",
        "'levels': 27 | levels | the most is 26",
        "'levels': 4, 'size': [100,48,30] | levels | 4, but size lists 3 ([100,48,30]); leave levels out",
        "'levels': 4, 'size': '100,48,30' | levels | 4, but size lists 3 (\"100,48,30\")",
        "'levels': 2, 'size': [8] | levels | 2, but size lists 1",
        "'size': 0 | size | 0 is too small; the least is 1",
        "'size': -4 | size | -4 is too small",
        "'size': 65537 | size | too large; the most is 65,536",
        "'size': [8, 0, 'x'] | size | value 2, 0 is too small; the least is 1. value 3, \"x\" is not a whole number",
        "'size': [] | size | [] lists 0; write one for each level",
        "'size': {'1': 8} | size | is not a value or a list of them; write 256 or [100,48,30]",
        "'size': true | size | true is not a whole number",
        "'size': [[8]] | size | [8] is not a whole number",
        "'size': 4097, 'uniform': true | size | 4,097 at level 1, 4,097 at level 2, 4,097 at level 3: more than 4,096 codes cannot be balanced",
        "'size': [9000, 8], 'uniform': [true, false] | size | 9,000 at level 1: more than 4,096",
        "'size': 65536, 'levels': 4 | size | more than 2^63 - 1 paths",
        "'size': [2097152] | size | the most is 65,536",
        "'uniform': [true, false] | uniform | [true,false] lists 2, but there are 3 levels",
        "'uniform': [true, false], 'levels': 1 | uniform | but there is 1 level",
        "'uniform': 'true,maybe,true' | uniform | value 2, \"maybe\" is neither true nor false",
        "'uniform': 'some' | uniform | \"some\" is neither true nor false",
        "'uniform': 3 | uniform | 3 is neither",
      })
  void isNamedWithItsPlaceAndRemedy(String fields, String key, String said) {
    assertThat(Requests.problems(fields))
        .singleElement()
        .asString()
        .startsWith(key + ": ")
        .contains(said)
        .hasSizeLessThan(400)
        .doesNotContain("\n", "SECRET");
  }

  @Test
  void allProblemsAreReportedTogether() {
    InvalidRequestException refused =
        Requests.refused(
            Requests.json(
                "{'siez': 1, 'levels': 2, 'size': [8, 8, 8], 'uniform': [true], 'batch': 'x', 'beam': 0,"
                    + " 'shardRows': 513, 'tau': -1, 'seed': 1.5, 'scope': 'x', 'model': 'checkpoint'}"));
    assertThat(refused.problems())
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactlyInAnyOrder(
            "siez",
            "dataset",
            "levels",
            "uniform",
            "batch",
            "beam",
            "shardRows",
            "tau",
            "seed",
            "scope",
            "weights");
    assertThat(refused)
        .hasMessageStartingWith("The request has 11 problems:\n- siez: ")
        .hasMessageContainingAll(refused.problems().toArray(String[]::new));
  }

  @Test
  void noObjectIsAnsweredWithAnExample() {
    assertThat(Requests.refused(null))
        .hasMessageContainingAll("It is missing", RequestReader.EXAMPLE);
    assertThat(Requests.refused(MissingNode.getInstance())).hasMessageContaining("It is missing");
    assertThat(Requests.refused(NullNode.getInstance()))
        .hasMessageContainingAll("It is null", RequestReader.EXAMPLE);
    assertThat(Requests.refused(Requests.json("[{'dataset': 'x'}]")))
        .hasMessageContainingAll("[{\"dataset\":\"x\"}] is an array", RequestReader.EXAMPLE);
    assertThat(Requests.refused(Requests.json("'s3://b/items'")))
        .hasMessageContainingAll("\"s3://b/items\" is a string", RequestReader.EXAMPLE);
    assertThat(Requests.refused(Requests.json("3"))).hasMessageContaining("3 is a number");
    assertThat(Requests.refused(Requests.json("true")))
        .hasMessageContaining("true is a truth value");
    assertThat(Requests.refused(Requests.json("{}")))
        .hasMessageContainingAll("dataset: is missing", RequestReader.EXAMPLE);
  }

  @Test
  void theExampleIsValid() {
    assertThat(RequestReader.read(Requests.json(RequestReader.EXAMPLE)).balanced()).isTrue();
  }

  @Test
  void credentialsAreNotRepeated() {
    assertThat(Requests.problems("'dataset': 's3://KEY:SECRET@b/x'"))
        .singleElement()
        .asString()
        .contains("carries credentials")
        .doesNotContain("SECRET", "KEY");
    assertThat(Requests.problems("'awsSecretAccessKey': 'SECRET'").toString())
        .doesNotContain("SECRET");
  }

  @Test
  void numbersThatAreNotNumbersAreRefused() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      for (String key : List.of("tau", "batch", "seed", "size")) {
        ObjectNode request = Requests.with("");
        request.set(key, DoubleNode.valueOf(value));
        assertThat(Requests.refused(request).problems()).singleElement().asString().startsWith(key);
      }
    }
  }

  @Test
  void messagesOfHugeObjectsAreShort() {
    ObjectNode manyKeys = Requests.with("");
    for (int i = 0; i < 100_000; i++) {
      manyKeys.put("unknown-key-" + i, i);
    }
    ObjectNode longKey = Requests.with("");
    longKey.put("x".repeat(1_900_000), 1);
    ObjectNode longValue = Requests.with("");
    longValue.put("size", "9".repeat(1_900_000)).put("id", "y".repeat(1_900_000));
    ArrayNode sizes = longValue.putArray("uniform");
    for (int i = 0; i < 500_000; i++) {
      sizes.add(true);
    }
    longValue.put("batch", "1,".repeat(500_000));
    for (JsonNode request : List.of(manyKeys, longKey, longValue)) {
      assertReadable(request);
    }
    assertThat(Requests.refused(manyKeys).problems()).last().isEqualTo("99,980 more unknown keys.");
    assertThat(Requests.refused(longValue).problems()).hasSize(4);
  }

  @Test
  void messagesOfNestedGarbageAreShort() {
    JsonNode nested = Requests.json("{}");
    for (int i = 0; i < 100_000; i++) {
      nested = i % 2 == 0 ? Json.object().arrayNode().add(nested) : Json.object().set("k", nested);
    }
    ObjectNode request = Json.object();
    for (String key : BuildRequest.keys()) {
      request.set(key, nested);
    }
    assertReadable(request);
    assertReadable(Json.object().arrayNode().add(nested));
    assertThat(Requests.refused(request).problems())
        .hasSize(BuildRequest.keys().size())
        .allSatisfy(problem -> assertThat(problem).hasSizeLessThan(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"😀", "\u202e", "\u0000", "\ud83d", "e\u0301", "\uffff"})
  void messagesOfAnyKeyAreReadable(String piece) {
    ObjectNode request = Requests.with("");
    request.put(piece.repeat(79), 1);
    request.put("id", piece.repeat(300));
    request.put(piece, 1);
    assertReadable(request);
  }

  private static void assertReadable(JsonNode request) {
    assertThat(Requests.refused(request).getMessage())
        .hasSizeLessThanOrEqualTo(2000)
        .matches(
            text ->
                text.codePoints()
                    .noneMatch(
                        point ->
                            point != '\n'
                                && (Character.isISOControl(point)
                                    || Character.getType(point) == Character.SURROGATE
                                    || Character.getType(point) == Character.FORMAT)));
  }

  @Test
  void aRequestThatWouldNotFitAPayloadIsRefused() {
    ObjectNode request = Requests.with("");
    ArrayNode text = request.putArray("text");
    for (int i = 0; i < 64; i++) {
      text.add("ü".repeat(190) + i);
    }
    assertThat(Requests.refused(request).problems())
        .singleElement()
        .asString()
        .contains("the request takes", "of at most 16,384");
  }

  @Test
  void aRecordWithoutOneValueALevelCannotBe() {
    assertThatThrownBy(
            () ->
                BuildRequest.fromJson(
                    Requests.with("'size': [8, 8], 'uniform': [true, true, true]")))
        .hasMessageContaining("one value for each of the levels (2)");
  }
}
