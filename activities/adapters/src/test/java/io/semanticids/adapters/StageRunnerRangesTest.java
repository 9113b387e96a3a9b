package io.semanticids.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.semanticids.workflows.activity.Artifact;
import io.semanticids.workflows.activity.Stage;
import io.semanticids.workflows.activity.UnitRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageRunnerRangesTest {
  private static final long TASK_ROWS = 1 << 16;
  private static final Artifact ITEMS = new Artifact("prepare", "0".repeat(64));
  private static final Stage ENCODE = new Stage.Encode(ITEMS, ITEMS, List.of(ITEMS), 1);

  @Test
  void smallShardsShareTasks() {
    assertThat(StageRunner.together(200_000, 49, ENCODE)).isEqualTo(13);
    assertThat(StageRunner.together(200_000, 400, ENCODE)).isEqualTo(100);
    assertThat(StageRunner.together(2_000_000, 400, ENCODE)).isEqualTo(13);
    assertThat(StageRunner.together(20_000, 15, ENCODE)).isEqualTo(4);
    assertThat(StageRunner.together(20_000, 3, ENCODE)).isEqualTo(1);
    assertThat(StageRunner.together(0, 49, ENCODE)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 832, 1_000, 26_612})
  void allUnitsAreCutIntoAtMost256RangesOfNearlyOneLength(int units) {
    int longest = StageRunner.together(100L * TASK_ROWS * units, units, ENCODE);
    List<UnitRange> ranges =
        StageRunner.ranges(IntStream.range(0, units).boxed().toList(), units, longest);
    assertThat(ranges).hasSizeLessThanOrEqualTo(256);
    int next = 0;
    for (UnitRange range : ranges) {
      assertThat(range.first()).isEqualTo(next);
      next += range.count();
    }
    assertThat(next).isEqualTo(units);
    assertThat(longest).isEqualTo((units + 255) / 256);
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
    List<UnitRange> ranges = StageRunner.ranges(pending, units, (units + 255) / 256);
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
    assertThat(StageRunner.ranges(List.of(), 12, 1)).isEmpty();
  }
}
