package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WindowTasksTest {
  @ParameterizedTest
  @CsvSource({"0,3,1", "1,3,1", "7,0,2", "7,1,4", "20,9,1", "20,9,3"})
  void everyBatchOfEveryWindowIsRunOnce(int windows, int batches, int threads) {
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    try (Crew crew = new Crew("test", threads)) {
      crew.run(
          new WindowTasks(
              windows, threads, window -> tasks(batches, batch -> done.add(window + "." + batch))));
    }
    assertThat(done)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, windows * batches)
                .mapToObj(i -> i / batches + "." + i % batches)
                .toList());
  }

  /** The two meet: neither would go on alone. */
  @Test
  void aWindowBecomesTokensWhileTheOneBeforeIsComputed() {
    CyclicBarrier both = new CyclicBarrier(2);
    List<String> met = Collections.synchronizedList(new ArrayList<>());
    try (Crew crew = new Crew("test", 2)) {
      crew.run(
          new WindowTasks(
              2,
              1,
              window -> {
                if (window == 1) {
                  meet(both);
                  met.add("tokens 1");
                }
                return tasks(
                    1 - window,
                    batch -> {
                      meet(both);
                      met.add("batch 0");
                    });
              }));
    }
    assertThat(met).containsExactlyInAnyOrder("tokens 1", "batch 0");
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new EmbeddingException("They never met.", e);
    }
  }

  @Test
  void noMoreWindowsBecomeTokensThanAreOfUse() {
    List<String> order = new ArrayList<>();
    try (Crew crew = new Crew("test", 1)) {
      crew.run(
          new WindowTasks(
              3,
              1,
              window -> {
                order.add("tokens " + window);
                return tasks(2, batch -> order.add("batch " + window));
              }));
    }
    assertThat(order)
        .containsExactly(
            "tokens 0",
            "batch 0",
            "batch 0",
            "tokens 1",
            "batch 1",
            "batch 1",
            "tokens 2",
            "batch 2",
            "batch 2");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aFailureEndsItForThoseWhoWaitToo(boolean tokenizing) {
    try (Crew crew = new Crew("test", 3)) {
      WindowTasks tasks =
          new WindowTasks(
              1,
              3,
              window -> {
                if (tokenizing) {
                  throw new EmbeddingException("broken");
                }
                return tasks(
                    2,
                    batch -> {
                      throw new EmbeddingException("broken");
                    });
              });
      assertThatThrownBy(() -> crew.run(tasks))
          .isInstanceOf(EmbeddingException.class)
          .hasMessage("broken");
    }
  }

  private static List<Callable<Void>> tasks(int count, IntConsumer task) {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int batch = i;
      tasks.add(
          () -> {
            task.accept(batch);
            return null;
          });
    }
    return tasks;
  }
}
