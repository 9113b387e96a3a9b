package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashIndexTest {
  @ParameterizedTest
  @CsvSource({"1,1", "100,10", "20000,7000", "200000,1000000"})
  void numbersTextsAsAMapDoes(int puts, int texts) {
    SplittableRandom random = new SplittableRandom(1);
    HashIndex index = new HashIndex();
    Map<String, Integer> map = new HashMap<>();
    for (int i = 0; i < puts; i++) {
      String text = "text " + random.nextInt(texts);
      Integer known = map.putIfAbsent(text, map.size());
      int expected = known == null ? map.size() - 1 : known;
      assertThat(index.put(text, (int) index.size())).isEqualTo(expected);
    }
    assertThat(index.size()).isEqualTo(map.size());
  }
}
