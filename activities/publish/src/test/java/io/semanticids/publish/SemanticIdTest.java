package io.semanticids.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SemanticIdTest {
  @Test
  void oneTokenALevel() {
    assertThat(SemanticId.of(12, 201, 7)).isEqualTo("<a_12><b_201><c_7>");
    assertThat(SemanticId.token(2, 201)).isEqualTo("<b_201>");
  }

  @ParameterizedTest
  @CsvSource({"1,a", "26,z", "27,aa", "28,ab", "52,az", "53,ba", "702,zz", "703,aaa"})
  void lettersGoOnAfterZ(int level, String letters) {
    assertThat(SemanticId.letters(level)).isEqualTo(letters);
  }

  @Test
  void levelsCountFromOne() {
    assertThatThrownBy(() -> SemanticId.token(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
