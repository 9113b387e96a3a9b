package io.semanticids.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  @ParameterizedTest
  @CsvSource({"title,title,0", "title,titel,2", "kitten,sitting,3", "'',abc,3", "abc,'',3"})
  void distanceCountsEdits(String from, String to, int distance) {
    assertThat(NearestName.distance(from, to)).isEqualTo(distance);
  }

  @Test
  void onlyNearNamesAreOffered() {
    assertThat(NearestName.hint("Titel", List.of("id", "title")))
        .isEqualTo("Did you mean \"title\"? The fields are id, title.");
    assertThat(NearestName.hint("description", List.of("id", "x")))
        .isEqualTo("The fields are id, x.");
    assertThat(NearestName.hint("x", List.of())).isEqualTo("There are no fields at all.");
    assertThat(NearestName.hint("x", Collections.nCopies(30, "yyyyy"))).endsWith("yyyyy, ….");
  }
}
