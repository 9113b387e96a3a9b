package io.semanticids.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBatchesTest {
  @ParameterizedTest
  @CsvSource({"0,256", "1,256", "2,1", "511,256", "512,64", "512,100000"})
  void everyRowIsInOneBatchOfItsOwnLengthWithinTheBudget(int rows, int budget) {
    SplittableRandom random = new SplittableRandom(rows);
    int[] lengths = random.ints(rows, 1, 90).toArray();
    List<int[]> batches = TokenBatches.equal(budget).of(lengths);
    assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(java.util.stream.IntStream.range(0, rows).toArray());
    assertThat(batches)
        .allSatisfy(
            batch -> {
              assertThat(Arrays.stream(batch).map(i -> lengths[i]).distinct().count()).isOne();
              assertThat(batch.length == 1 || batch.length * lengths[batch[0]] <= budget).isTrue();
              assertThat(batch).isSorted();
            });
  }

  @Test
  void nearlyEqualLengthsGoTogetherWhereAStepSaysSo() {
    List<int[]> batches = TokenBatches.padded(20, 4).of(new int[] {3, 9, 12, 4, 5, 11});
    // 12, then 11 and 9 would be 24 tokens; 5; then 4 and 3.
    assertThat(batches)
        .containsExactly(
            new int[] {2}, new int[] {5}, new int[] {1}, new int[] {4}, new int[] {3, 0});
  }

  @Test
  void paddingCountsInTheBudget() {
    // Two rows of 9 and 10 are computed as two of 12.
    int[] lengths = {9, 10};
    assertThat(TokenBatches.padded(24, 4).of(lengths)).containsExactly(new int[] {1, 0});
    assertThat(TokenBatches.padded(23, 4).of(lengths))
        .containsExactly(new int[] {1}, new int[] {0});
  }

  @Test
  void longestComeFirst() {
    List<int[]> batches = TokenBatches.equal(6).of(new int[] {3, 9, 3, 5});
    assertThat(batches).containsExactly(new int[] {1}, new int[] {3}, new int[] {0, 2});
  }
}
