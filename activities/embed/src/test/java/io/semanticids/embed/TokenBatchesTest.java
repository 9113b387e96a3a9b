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
    List<int[]> batches = new TokenBatches(budget).of(lengths);
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
  void longestComeFirst() {
    List<int[]> batches = new TokenBatches(6).of(new int[] {3, 9, 3, 5});
    assertThat(batches).containsExactly(new int[] {1}, new int[] {3}, new int[] {0, 2});
  }
}
