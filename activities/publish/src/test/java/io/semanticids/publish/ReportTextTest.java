package io.semanticids.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportTextTest {
  @Test
  void hasTheFormOfThePublishedLog() {
    assertThat(ReportText.of(Fixtures.balanced()))
        .startsWith(
            """
            ### 4x6
            Before balancing:
              total=20
              L1: unique=4
              L2: unique=5
              unique full-paths=15  collision_rate=0.2500

            === Sinkhorn uniform mapping  level 1/2 ===
              Sinkhorn level: N=20  K=4  tau=0.0025  iters=22  batch=8192
                level balanced: min=5  max=5

            After  balancing:
              total=20
              L1: unique=4
              L2: unique=4
              unique full-paths=18  collision_rate=0.1000
            """)
        .contains("duplicates=0.0500  pigeonhole=0.0000  uniform_random=0.3030");
  }

  @Test
  void withoutBalancingThereIsNoAfter() {
    assertThat(ReportText.of(Fixtures.unbalanced()))
        .startsWith(
            """
            ### 256
            Before balancing:
              total=1
              L1: unique=1
              unique full-paths=1  collision_rate=0.0000
            """)
        .doesNotContain("After", "Sinkhorn", "Test");
  }
}
