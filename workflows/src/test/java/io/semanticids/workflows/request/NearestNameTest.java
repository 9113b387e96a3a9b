package io.semanticids.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  @ParameterizedTest
  @CsvSource({
    "siez, size",
    "SIZE, size",
    "sizes, size",
    "datset, dataset",
    "data_set, dataset",
    "shard-rows, shardRows",
    "max_tokens, maxTokens",
    "iteration, iterations",
    "codebook_size, size",
    "quetimeout, queueTimeout",
    "Seeds, seed",
    "unifrom, uniform",
    "txt, text",
    "ID, id",
  })
  void slipsAreUnderstood(String written, String meant) {
    assertThat(NearestName.of(written, BuildRequest.keys())).contains(meant);
  }

  @Test
  void strangersAreNot() {
    for (String written :
        new String[] {"wombat", "", "x", "learning_rate", "日本語", "s".repeat(5000)}) {
      assertThat(NearestName.of(written, BuildRequest.keys())).as(written).isEmpty();
    }
  }
}
