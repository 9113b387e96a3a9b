package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.workflows.activity.UnitRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageRunnerRangesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 832, 1_000, 26_612})
  void allUnitsAreCutIntoAtMost256RangesOfNearlyOneLength(int units) {
    List<UnitRange> ranges = StageRunner.ranges(IntStream.range(0, units).boxed().toList(), units);
    assertThat(ranges).hasSizeLessThanOrEqualTo(256);
    int next = 0;
    for (UnitRange range : ranges) {
      assertThat(range.first()).isEqualTo(next);
      next += range.count();
    }
    assertThat(next).isEqualTo(units);
    int longest = (units + 255) / 256;
    assertThat(ranges).allMatch(range -> range.count() <= longest);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsPendingIsInExactlyOneRange(long seed) {
    Random random = new Random(seed);
    int units = 1 + random.nextInt(2_000);
    List<Integer> pending = new ArrayList<>();
    for (int unit = 0; unit < units; unit++) {
      if (random.nextInt(4) == 0) {
        pending.add(unit);
      }
    }
    List<UnitRange> ranges = StageRunner.ranges(pending, units);
    assertThat(ranges).hasSizeLessThanOrEqualTo(256);
    for (int unit : pending) {
      assertThat(ranges)
          .filteredOn(range -> range.first() <= unit && unit < range.first() + range.count())
          .hasSize(1);
    }
    for (UnitRange range : ranges) {
      assertThat(pending).contains(range.first(), range.first() + range.count() - 1);
    }
  }

  @Test
  void nothingIsPending() {
    assertThat(StageRunner.ranges(List.of(), 12)).isEmpty();
  }
}
