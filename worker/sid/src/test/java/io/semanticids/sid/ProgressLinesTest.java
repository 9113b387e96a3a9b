package io.semanticids.sid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLinesTest {
  private final AtomicLong clock = new AtomicLong();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ProgressLines progress =
      new ProgressLines(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock::get);

  @Test
  void saysStageDoneRateAndTimeLeft() {
    progress.progress("embed", 0, 3_000, "texts");
    wait(10);
    progress.progress("embed", 1_000, 3_000, "texts");
    progress.progress("embed", 1_001, 3_000, "texts");
    wait(20);
    progress.finished("embed");
    assertThat(lines())
        .containsExactly("embed: 1,000 of 3,000 texts, 100/s, 20 s left", "embed: done in 30 s");
  }

  @Test
  void resumedWorkIsNotTakenForSpeed() {
    progress.progress("embed", 900, 1_000, "texts");
    wait(10);
    progress.progress("embed", 910, 1_000, "texts");
    assertThat(lines()).containsExactly("embed: 910 of 1,000 texts, 1.0/s, 1 min 30 s left");
  }

  @Test
  void unknownTotals() {
    progress.progress("prepare", 0, 0, "rows");
    wait(10);
    progress.progress("prepare", 5_000, 0, "rows");
    assertThat(lines()).containsExactly("prepare: 5,000 rows, 500/s");
  }

  @Test
  void detailsStandBehindTheRate() {
    progress.progress("embed", 0, 0, "texts");
    progress.detail("1,190 tokens/s");
    wait(10);
    progress.progress("embed", 84, 0, "texts");
    progress.finished("embed");
    progress.progress("prepare", 0, 0, "rows");
    wait(10);
    progress.progress("prepare", 100, 0, "rows");
    assertThat(lines())
        .containsExactly(
            "embed: 84 texts, 8.4/s, 1,190 tokens/s",
            "embed: done in 10 s",
            "prepare: 100 rows, 10/s");
  }

  @Test
  void quickStagesLeaveNoLine() {
    progress.progress("assign", 10, 20, "rows");
    progress.finished("assign");
    assertThat(lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.04,0.0 s", "12.4,12 s", "65,1 min 5 s", "7265,2 h 1 min"})
  void spans(double seconds, String text) {
    assertThat(ProgressLines.span(seconds)).isEqualTo(text);
  }

  private void wait(int seconds) {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
