package io.semanticids.adapters.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semanticids.workflows.activity.OpenedRequest.Scope;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPlanningTest {
  private static final long PUBLISHED = 54_513_856;
  private static final long MEMORY = 64L << 30;

  private static RunShape shape(long rows, boolean uniform, Scope scope, Integer... sizes) {
    return shape(rows, uniform, scope, true, sizes);
  }

  private static RunShape shape(
      long rows, boolean uniform, Scope scope, boolean halfs, Integer... sizes) {
    return new RunShape(
        rows,
        0,
        true,
        128,
        false,
        true,
        halfs,
        0,
        List.of(sizes),
        Collections.nCopies(sizes.length, uniform),
        scope,
        true,
        1,
        65_536,
        2);
  }

  private static RunPlan plan(RunShape shape) {
    return RunPlanning.of(shape, null, null, MEMORY, List.of());
  }

  @Test
  void thePublishedRunLiesWhereItIsExpected() {
    // Its own log: 0.9521 unbalanced at 256^3; 0.8271 and 0.9649 balanced at 256^3 and 128^3.
    RunPlan.Collisions unbalanced =
        plan(shape(PUBLISHED, false, Scope.LEVEL, 256, 256, 256)).collisions();
    assertThat(0.9521).isBetween(unbalanced.expectedLow(), unbalanced.expectedHigh());
    assertThat(unbalanced.pigeonhole()).isCloseTo(0.6922, within(1e-4));
    RunPlan.Collisions balanced =
        plan(shape(PUBLISHED, true, Scope.LEVEL, 256, 256, 256)).collisions();
    assertThat(0.8271).isBetween(balanced.expectedLow(), balanced.expectedHigh());
    RunPlan.Collisions smaller =
        plan(shape(PUBLISHED, true, Scope.LEVEL, 128, 128, 128)).collisions();
    assertThat(0.9649).isBetween(smaller.expectedLow(), smaller.expectedHigh());
  }

  /** Runs of ours: 3,459 office products, and made vectors. */
  @ParameterizedTest
  @CsvSource({
    "3459, 64, false, LEVEL, 0.2790",
    "3459, 64, true, LEVEL, 0.2397",
    "3459, 64, true, LAST, 0",
    "20000, 64, false, LEVEL, 0.6334",
    "200000, 256, false, LEVEL, 0.7887",
    "200000, 256, true, LEVEL, 0.7264",
    "4000000, 256, false, LEVEL, 0.9198",
    "4000000, 256, true, LEVEL, 0.8160"
  })
  void runsOfOursLieWhereTheyAreExpected(
      long rows, int size, boolean uniform, Scope scope, double rate) {
    RunPlan.Collisions collisions =
        plan(shape(rows, uniform, scope, size, size, size)).collisions();
    assertThat(rate).isBetween(collisions.expectedLow(), collisions.expectedHigh());
  }

  @Test
  void insidePrefixesTheFloorIsReached() {
    RunPlan.Collisions collisions =
        plan(shape(1_000_000, true, Scope.PREFIX, 64, 64, 64)).collisions();
    assertThat(collisions.expectedLow()).isEqualTo(collisions.pigeonhole());
    assertThat(collisions.expectedHigh()).isEqualTo(collisions.pigeonhole());
    assertThat(collisions.pigeonhole()).isCloseTo(1 - 262_144 / 1e6, within(1e-12));
  }

  @Test
  void tooFewPathsAreWarnedOfAndEnoughAreNamed() {
    RunPlan plan = plan(shape(1_000_000, true, Scope.LEVEL, 64, 64, 64));
    assertThat(plan.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("No configuration", "0.7379", "262,144 paths", "1,000,000 items"));
    assertThat(plan.suggestions())
        .anySatisfy(suggestion -> assertThat(suggestion).contains("size=128 at 3 levels"))
        .anySatisfy(suggestion -> assertThat(suggestion).contains("size=64,64,64,64"))
        .anySatisfy(suggestion -> assertThat(suggestion).contains("scope=prefix"));
    assertThat(plan(shape(1_000_000, true, Scope.PREFIX, 128, 128, 128)).suggestions()).isEmpty();
  }

  /** A run of more paths would be refused inside prefixes. */
  @Test
  void whatIsRefusedIsNotSuggested() {
    assertThat(plan(shape(1_000_000, false, Scope.LEVEL, 256, 256, 256, 256)).suggestions())
        .isEmpty();
    assertThat(plan(shape(PUBLISHED, true, Scope.PREFIX, 128, 128, 128)).suggestions())
        .singleElement()
        .asString()
        .contains("size=512 at 3 levels makes 134,217,728 paths");
  }

  @Test
  void moreCodesThanItemsAndThinPrefixesAreWarnedOf() {
    assertThat(plan(shape(100, false, Scope.LEVEL, 256)).warnings())
        .singleElement()
        .asString()
        .contains("Level 1 has 256 codes for 100 items");
    assertThat(plan(shape(1_000, true, Scope.PREFIX, 32, 32, 32)).warnings())
        .hasSize(2)
        .last()
        .asString()
        .contains("A prefix of level 3 has about 1.0 items for 32 codes");
  }

  @Test
  void oneCodeALevelCannotBeHelpedByLevels() {
    assertThat(plan(shape(100, false, Scope.LEVEL, 1, 1)).suggestions())
        .singleElement()
        .asString()
        .contains("size=16 at 2 levels makes 256");
  }

  @Test
  void whatDoesNotFitIsSaid() {
    RunPlan plan =
        RunPlanning.of(
            shape(10_000_000, true, Scope.PREFIX, 256, 256, 256),
            null,
            1L << 30,
            1L << 30,
            List.of());
    assertThat(plan.disk().tooSmall()).isTrue();
    assertThat(plan.disk().farTooSmall()).isTrue();
    long needed = plan.disk().needed();
    assertThat(free(needed).tooSmall()).isFalse();
    assertThat(free(needed - 1).tooSmall()).isTrue();
    assertThat(free(needed - 1).farTooSmall()).isFalse();
    assertThat(plan.warnings())
        .anySatisfy(warning -> assertThat(warning).contains("below the output folder", "are free"))
        .anySatisfy(warning -> assertThat(warning).contains("of memory, and this machine has 1.1"));
  }

  @Test
  void sortedCopiesTakeTheSizeOfTheVectors() {
    RunShape shape = shape(PUBLISHED, true, Scope.PREFIX, 256, 256, 256);
    long vectors = PUBLISHED * shape.dimension() * 2;
    assertThat(plan(shape).disk().scratchBytes()).isBetween(vectors, vectors * 11 / 10);
    RunShape floats = shape(PUBLISHED, true, Scope.PREFIX, false, 256, 256, 256);
    assertThat(plan(floats).disk().scratchBytes()).isBetween(2 * vectors, 2 * vectors * 11 / 10);
  }

  private static RunPlan.Disk free(long bytes) {
    RunShape shape = shape(10_000_000, true, Scope.PREFIX, 256, 256, 256);
    return RunPlanning.of(shape, null, bytes, MEMORY, List.of()).disk();
  }

  @Test
  void costsGrowWithTheRows() {
    RunPlan small = timed(shape(1_000_000, true, Scope.LEVEL, 256, 256, 256));
    RunPlan large = timed(shape(16_000_000, true, Scope.LEVEL, 256, 256, 256));
    // Fits and lists do not grow with the rows, streamed Newton steps read a part of many.
    assertThat(large.seconds() / small.seconds()).isBetween(3.0, 16.0);
    assertThat(large.disk().artifactBytes()).isGreaterThan(4 * small.disk().artifactBytes());
    assertThat(large.tasks()).isGreaterThan(small.tasks());
    assertThat(plan(shape(1_000_000, true, Scope.LEVEL, 256)).seconds()).isNull();
  }

  private static RunPlan timed(RunShape shape) {
    return RunPlanning.of(shape, new Speeds(List.of(1e-6, 1e-6, 1e-6), 0), null, MEMORY, List.of());
  }
}
