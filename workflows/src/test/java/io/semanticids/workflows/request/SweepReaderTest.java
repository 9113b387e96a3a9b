package io.semanticids.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.semanticids.workflows.request.SweepRequest.Combination;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepReaderTest {
  private static SweepRequest read(String fields) {
    return SweepReader.read(Requests.json("{'dataset': 's3://b/items/', " + fields + "}"));
  }

  private static List<String> problems(String fields) {
    return catchThrowableOfType(InvalidRequestException.class, () -> read(fields)).problems();
  }

  @Test
  void everyCombinationInTheOrderOfTheLists() {
    SweepRequest sweep =
        read("'seed': 7, 'vary': {'size': [64, [100, 48, 30]], 'uniform': [false, true]}");
    assertThat(sweep.combinations())
        .extracting(Combination::label)
        .containsExactly(
            "size=64, uniform=false",
            "size=64, uniform=true",
            "size=100,48,30, uniform=false",
            "size=100,48,30, uniform=true");
    assertThat(sweep.combinations().get(3).request().size()).containsExactly(100, 48, 30);
    assertThat(sweep.combinations()).allMatch(one -> one.request().seed() == 7);
    assertThat(sweep.base().has("vary")).isFalse();
  }

  @Test
  void aRunIsNamedAsItWouldBeByItself() {
    Combination one = read("'vary': {'size': [64, 128]}").combinations().get(1);
    BuildRequest alone =
        RequestReader.read(Requests.json("{'dataset': 's3://b/items/', 'size': 128}"));
    assertThat(one.run()).isEqualTo(RunName.of(alone).value());
    assertThat(one.request()).isEqualTo(alone);
  }

  @Test
  void theNameFollowsTheRuns() {
    String name = SweepReader.name(read("'vary': {'size': [64, 128]}")).value();
    assertThat(name).matches("items-sweep-[0-9a-f]{8}");
    assertThat(SweepReader.name(read("'vary': {'size': ['64', 128.0]}")).value()).isEqualTo(name);
    assertThat(SweepReader.name(read("'vary': {'size': [64, 256]}")).value()).isNotEqualTo(name);
  }

  @Test
  void problemsOfTheListsComeTogether() {
    assertThat(
            problems(
                "'size': 3, 'vary': {'siez': [1], 'size': [64], 'output': ['a'], 'scope': 'last'}"))
        .hasSize(4)
        .anySatisfy(one -> assertThat(one).contains("vary.siez: there is no such key", "size?"))
        .anySatisfy(one -> assertThat(one).contains("size: is given once and varied too"))
        .anySatisfy(one -> assertThat(one).contains("vary.output: it changes no result"))
        .anySatisfy(one -> assertThat(one).contains("vary.scope", "write [\"last\"]"));
    assertThat(problems("'size': 3")).singleElement().asString().contains("vary: is missing");
    assertThat(problems("'vary': {}")).singleElement().asString().contains("vary: is missing");
    assertThat(problems("'vary': [1]")).singleElement().asString().contains("is not an object");
    assertThat(problems("'vary': {'seed': [1,2,3,4,5,6,7,8,9], 'size': [1,2,3,4,5,6,7,8]}"))
        .singleElement()
        .asString()
        .contains("makes 72 runs, of at most 64");
  }

  @Test
  void whatAllRunsShareIsSaidOnce() {
    assertThat(problems("'levels': 0, 'vary': {'size': [64, 0], 'uniform': [true, false]}"))
        .hasSize(2)
        .anySatisfy(one -> assertThat(one).contains("levels").doesNotContain("with"))
        .anySatisfy(
            one ->
                assertThat(one)
                    .contains("size: 0 is too small", "(with size=0, uniform=true and 1"));
  }

  @Test
  void equalRunsAreRefused() {
    assertThat(problems("'vary': {'size': [64, '64']}"))
        .singleElement()
        .asString()
        .contains("\"size=64\" is the same run as \"size=64\"");
  }

  @Test
  void whatIsNoObjectIsSaidLikeAnyRequest() {
    assertThat(catchThrowableOfType(InvalidRequestException.class, () -> SweepReader.read(null)))
        .hasMessageContaining("It is missing");
  }
}
