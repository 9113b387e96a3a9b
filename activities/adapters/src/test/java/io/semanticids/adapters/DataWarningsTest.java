package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DataWarningsTest {
  @Test
  void ordinaryDataHaveNone() {
    assertThat(DataWarnings.of(1_000, 900, true, List.of(256, 1_000))).isEmpty();
    assertThat(DataWarnings.of(1_000, 501, true, List.of(4))).isEmpty();
  }

  @Test
  void moreCodesThanItems() {
    assertThat(DataWarnings.of(100, 100, false, List.of(256, 100, 2_048, 256)))
        .singleElement()
        .asString()
        .contains("(256, 2,048 a level)", "(100)");
  }

  @Test
  void equalVectors() {
    assertThat(DataWarnings.of(300, 1, true, List.of(8)))
        .singleElement()
        .asString()
        .startsWith("All 300 training vectors are equal");
    assertThat(DataWarnings.of(400, 200, true, List.of(8)))
        .singleElement()
        .asString()
        .startsWith("Only 200 of 400 training vectors are distinct");
  }

  /** They are told as texts. */
  @Test
  void equalTexts() {
    assertThat(DataWarnings.of(300, 1, false, List.of(8))).isEmpty();
  }

  /** That there is one says it all. */
  @Test
  void oneItem() {
    assertThat(DataWarnings.of(1, 1, true, List.of(256))).isEmpty();
  }
}
