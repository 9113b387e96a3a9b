package io.semanticids.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetOptionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "size=256 | 'size': 256",
        "size=100,48,30 | 'size': [100, 48, 30]",
        "size=[100, 48, 30] | 'size': [100, 48, 30]",
        "uniform=true | 'uniform': true",
        "uniform=false,false,true | 'uniform': [false, false, true]",
        "text=title,brand | 'text': ['title', 'brand']",
        "text=title, brand | 'text': ['title', 'brand']",
        "text=title | 'text': ['title']",
        "text=['a,b','c'] | 'text': ['a,b', 'c']",
        "text='a,b' | 'text': 'a,b'",
        "tau=auto | 'tau': 'auto'",
        "tau=0.5 | 'tau': 0.5",
        "seed=9223372036854775807 | 'seed': '9223372036854775807'",
        "seed=42 | 'seed': 42",
        "id=123 | 'id': '123'",
        "group=null | 'group': null",
        "group=true | 'group': 'true'",
        "separator=' - ' | 'separator': ' - '",
        "separator='\\n' | 'separator': '\\n'",
        "separator= | 'separator': ''",
        "instruction=a=b, c | 'instruction': 'a=b, c'",
        "dataset=s3://b/x=1/ | 'dataset': 's3://b/x=1/'",
        "queueTimeout=PT1H | 'queueTimeout': 'PT1H'",
        "scope=last | 'scope': 'last'",
        "shardRows=null | 'shardRows': null",
        "batch= | 'batch': ''",
        "batch=512 513 | 'batch': '512 513'",
      })
  void valuesAreReadByTheirKey(String pair, String fields) {
    assertThat(SetOptions.apply(null, List.of(pair.replace('\'', '"'))))
        .isEqualTo(Requests.json("{" + fields + "}"));
  }

  @Test
  void pairsOverrideTheRequestAndLaterOnesWin() {
    ObjectNode request = Requests.with("'size': 8, 'seed': 3");
    JsonNode set = SetOptions.apply(request, List.of("size=4,5", "size=7", "uniform=true"));
    assertThat(set).isEqualTo(Requests.with("'size': 7, 'seed': 3, 'uniform': true"));
    assertThat(request).isEqualTo(Requests.with("'size': 8, 'seed': 3"));
  }

  @Test
  void pairsThatAreNoneAreNamedTogether() {
    assertThatThrownBy(() -> SetOptions.apply(null, List.of("siez", "size=3", "=4")))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused ->
                assertThat(refused.problems())
                    .containsExactly(
                        "--set siez: write key=value, for example --set size=…",
                        "--set =4: write key=value, for example --set size=256"));
  }

  @Test
  void unknownKeysAreLeftToTheReader() {
    JsonNode set = SetOptions.apply(Requests.with("'beam': 0"), List.of("siez=3"));
    assertThat(Requests.refused(set).problems())
        .hasSize(2)
        .anySatisfy(
            problem -> assertThat(problem).startsWith("siez").contains("did you mean size?"));
  }

  @Test
  void whatIsNoObjectIsLeftToTheReader() {
    assertThat(SetOptions.apply(Requests.json("[1]"), List.of("size=3")))
        .isEqualTo(Requests.json("[1]"));
  }
}
