package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semanticids.workflows.activity.FailureTypes;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TaskProgressTest {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final List<Object> beats = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicBoolean draining = new AtomicBoolean();
  private final TaskProgress progress =
      new TaskProgress(
          beats::add, draining::get, clock::get, PATIENCE, StageListener.NONE, "encode", "rows");

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void beatsAtOnceAndThenAtMostOnceASecond() {
    for (int i = 0; i < 25; i++) {
      progress.advanced(10);
      pass(Duration.ofMillis(100));
    }
    assertThat(beats).containsExactly(10L, 110L, 210L);
  }

  @Test
  void countsWhatWasDoneBefore() {
    progress.expect(new AtomicLong(1_000), 5_000);
    progress.advanced(1);
    assertThat(beats).containsExactly(1_001L);
  }

  @Test
  void neverCountsBeyondTheTotal() {
    progress.expect(new AtomicLong(4_999), 5_000);
    progress.advanced(10);
    assertThat(beats).containsExactly(5_000L);
  }

  @Test
  void remarkGoesAlongWithTheBeats() {
    progress.advanced(1);
    progress.note("smaller batches");
    pass(Duration.ofSeconds(2));
    progress.advanced(1);
    assertThat(beats).containsExactly(1L, new TaskProgress.Beat(2, "smaller batches"));
  }

  @Test
  void saysNothingWhereNobodyWorks() {
    progress.advanced(1);
    pass(Duration.ofHours(1));
    progress.stillAtIt();
    assertThat(beats).hasSize(1);
  }

  @Test
  void beatsForASilentStepUntilPatienceEnds() {
    progress.advanced(1);
    int steps = (int) (PATIENCE.toSeconds() / 5);
    for (int i = 0; i < 2 * steps; i++) {
      pass(Duration.ofSeconds(5));
      progress.stillAtIt();
    }
    assertThat(beats).hasSize(steps);
    progress.advanced(1);
    pass(Duration.ofSeconds(5));
    progress.stillAtIt();
    assertThat(beats).hasSize(steps + 2);
  }

  @Test
  void hangsAWhileAfterItsPatienceHasEnded() {
    pass(Duration.ofHours(1));
    progress.advanced(1);
    assertThat(progress.hangs()).isFalse();
    pass(PATIENCE);
    progress.stillAtIt();
    assertThat(progress.hangs()).isFalse();
    pass(TaskProgress.LAST_WORD);
    assertThat(progress.hangs()).isTrue();
    progress.advanced(1);
    assertThat(progress.hangs()).isFalse();
  }

  @Test
  void anotherSignOfWorkGivesNewPatience() {
    progress.advanced(1);
    pass(Duration.ofHours(1));
    assertThat(progress.hangs()).isTrue();
    progress.works();
    assertThat(progress.hangs()).isFalse();
    progress.stillAtIt();
    assertThat(beats).hasSize(2);
  }

  @Test
  void handsTheTaskBackWhenTheWorkerDrains() {
    progress.advanced(1);
    draining.set(true);
    assertThatThrownBy(() -> progress.advanced(1))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(FailureTypes.DRAINING);
              assertThat(failure.isNonRetryable()).isFalse();
            });
  }
}
