package io.semanticids.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockPassTest {
  private static final int ROWS = 1_000;
  private static final Rows VALUES = Rows.of(Matrices.normal(ROWS, 24, 1), 24);
  private static final Codewords CODEWORDS = new Codewords(Matrices.normal(48, 24, 2), 48, 24);
  private static final CostScale SCALE = CostScale.of(4, CODEWORDS);

  @ParameterizedTest
  @CsvSource({"1,1000", "1,64", "2,64", "3,17", "8,2048", "2,1"})
  void seesEveryRowOnceWhateverTheThreadsAndTheHeight(int threads, int height) {
    AtomicLong progress = new AtomicLong();
    int[] visits = new int[ROWS];

    long sum = sum(threads, height, 3, 990, visits, progress::addAndGet);

    assertThat(sum).isEqualTo(sum(1, 7, 3, 990, new int[ROWS], Progress.NONE));
    assertThat(progress).hasValue(990);
    for (int i = 0; i < ROWS; i++) {
      assertThat(visits[i]).isEqualTo(i >= 3 && i < 993 ? 1 : 0);
    }
  }

  @Test
  void anEmptyRangeGivesAFreshAccumulator() {
    assertThat(sum(2, 64, 5, 0, new int[ROWS], Progress.NONE)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "4"})
  void theFirstExceptionIsThrownUnchanged(int threads) {
    RuntimeException stop = new IllegalStateException("draining");
    AtomicLong done = new AtomicLong();
    assertThatThrownBy(
            () ->
                sum(
                    threads,
                    1,
                    0,
                    ROWS,
                    new int[ROWS],
                    rows -> {
                      if (done.addAndGet(rows) >= 100) {
                        throw stop;
                      }
                    }))
        .isSameAs(stop);
    assertThat(done).hasValueLessThan(100 + threads + 1L);
  }

  @Test
  void anInterruptedThreadStops() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> sum(2, 1, 0, ROWS, new int[ROWS], Progress.NONE))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesARangeOutsideTheRows() {
    assertThatThrownBy(() -> sum(1, 64, 900, 101, new int[ROWS], Progress.NONE))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static long sum(
      int threads, int height, long first, long count, int[] visits, Progress progress) {
    return BlockPass.run(
        new PlainArithmetic(threads),
        VALUES,
        first,
        count,
        CODEWORDS,
        SCALE,
        height,
        () -> new long[1],
        (total, firstRow, rows, values, costs, least) -> {
          for (int i = 0; i < rows; i++) {
            visits[(int) firstRow + i]++;
            for (int k = 0; k < CODEWORDS.size(); k++) {
              total[0] += costs[i * CODEWORDS.size() + k] * (firstRow + i + 1);
            }
          }
        },
        (a, b) -> new long[] {a[0] + b[0]},
        progress)[0];
  }
}
