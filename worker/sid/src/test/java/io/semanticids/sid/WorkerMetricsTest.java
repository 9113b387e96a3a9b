package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerMetricsTest {
  @Test
  void countsWhatItIsTold() {
    List<String> log = new ArrayList<>();
    WorkerMetrics metrics = new WorkerMetrics(log::add);
    metrics.began("embed", Duration.ofSeconds(7), 1);
    metrics.began("embed", Duration.ZERO, 2);
    metrics.worked("embed", 500);
    metrics.worked("embed", 12);
    metrics.committed("embed", 4_096);
    metrics.read("encode", 100);
    metrics.tokens(9_000);
    metrics.halved("embed", 2, 256);
    metrics.finished("embed");
    assertThat(log)
        .containsExactly("embed: out of device memory, batches of at most 256 tokens from now on");
    assertThat(metrics.scrape().lines())
        .contains(
            "semantic_ids_queue_wait_seconds_count{stage=\"embed\"} 2",
            "semantic_ids_queue_wait_seconds_sum{stage=\"embed\"} 7.0",
            "semantic_ids_queue_wait_seconds_bucket{stage=\"embed\",le=\"5.0\"} 1",
            "semantic_ids_queue_wait_seconds_bucket{stage=\"embed\",le=\"10.0\"} 2",
            "semantic_ids_retries_total{stage=\"embed\"} 1.0",
            "semantic_ids_items_total{stage=\"embed\"} 512.0",
            "semantic_ids_shards_total{stage=\"embed\"} 1.0",
            "semantic_ids_written_bytes_total{stage=\"embed\"} 4096.0",
            "semantic_ids_read_bytes_total{stage=\"encode\"} 100.0",
            "semantic_ids_tokens_total 9000.0",
            "semantic_ids_batches_halved_total{stage=\"embed\"} 2.0",
            "semantic_ids_stages_total{stage=\"embed\"} 1.0");
  }

  @Test
  void ratesHaveABeginning() {
    assertThat(new WorkerMetrics(line -> {}).scrape())
        .contains("semantic_ids_tokens_total 0.0", "process_resident_memory_bytes ")
        .contains("jvm_memory_used_bytes{")
        .doesNotContain("NaN");
  }
}
