package io.semanticids.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathFiguresTest {
  @ParameterizedTest
  @CsvSource({"1,1", "7,3", "100,2", "1000,4", "5000,16", "5000,300"})
  void equalsNaiveCounting(int items, int size) {
    SplittableRandom random = new SplittableRandom(items * 31L + size);
    int[][] codes = new int[3][items];
    int[] groups = new int[items];
    for (int i = 0; i < items; i++) {
      for (int[] level : codes) {
        level[i] = random.nextInt(random.nextInt(size) + 1);
      }
      groups[i] = random.nextInt(3) - 1;
    }

    PathFigures figures = PathFigures.of(PathKeys.of(codes, List.of(size, size, size)), groups);

    Map<String, List<Integer>> paths = new HashMap<>();
    for (int i = 0; i < items; i++) {
      String path = codes[0][i] + " " + codes[1][i] + " " + codes[2][i];
      paths.computeIfAbsent(path, key -> new ArrayList<>()).add(groups[i]);
    }
    long inCollisions = 0;
    long largest = 0;
    long withinGroup = 0;
    for (List<Integer> members : paths.values()) {
      largest = Math.max(largest, members.size());
      if (members.size() > 1) {
        inCollisions += members.size();
        if (members.get(0) >= 0 && members.stream().distinct().count() == 1) {
          withinGroup += members.size();
        }
      }
    }
    assertThat(figures)
        .isEqualTo(
            new PathFigures(
                paths.size(),
                (double) (items - paths.size()) / items,
                inCollisions,
                largest,
                withinGroup));
  }

  @Test
  void withoutGroupsNothingIsSaidAboutThem() {
    assertThat(PathFigures.of(new long[] {3, 3, 5}, null))
        .isEqualTo(new PathFigures(2, 1 / 3d, 2, 2, null));
  }

  @Test
  void noItemsAreNoCollisions() {
    assertThat(PathFigures.of(new long[0], null)).isEqualTo(new PathFigures(0, 0, 0, 0, null));
  }

  @Test
  void allItemsOnOnePathOfOneGroup() {
    assertThat(PathFigures.of(new long[4], new int[] {2, 2, 2, 2}))
        .isEqualTo(new PathFigures(1, 0.75, 4, 4, 4L));
  }

  @Test
  void itemsWithoutGroupAreNeverHarmless() {
    assertThat(PathFigures.of(new long[3], new int[] {-1, -1, -1}).withinGroup()).isZero();
  }

  @Test
  void keysKeepEqualityAndOrderBeyondSixtyThreeBits() {
    // 2^60 codes for four levels, then five more: far more than 2^63 paths.
    List<Integer> sizes = new ArrayList<>(List.of(1 << 15, 1 << 15, 1 << 15, 1 << 15));
    sizes.addAll(List.of(1 << 30, 3, 1 << 30, 1, 65_536));
    SplittableRandom random = new SplittableRandom(5);
    int items = 4_000;
    int[][] codes = new int[sizes.size()][items];
    for (int level = 0; level < codes.length; level++) {
      for (int i = 0; i < items; i++) {
        codes[level][i] = sizes.get(level) - 1 - random.nextInt(Math.min(sizes.get(level), 3)) / 2;
      }
    }

    long[] keys = PathKeys.of(codes, sizes);

    TreeMap<int[], Long> byPath = new TreeMap<>(Arrays::compare);
    for (int i = 0; i < items; i++) {
      int[] path = new int[codes.length];
      for (int level = 0; level < codes.length; level++) {
        path[level] = codes[level][i];
      }
      Long known = byPath.putIfAbsent(path, keys[i]);
      assertThat(known == null || known == keys[i]).isTrue();
    }
    assertThat(List.copyOf(byPath.values())).isSorted().doesNotHaveDuplicates();
    assertThat(byPath).hasSizeGreaterThan(100);
  }

  @Test
  void keysAreMixedBaseNumbers() {
    List<Integer> sizes = List.of(100, 48, 30);
    long[] keys = PathKeys.of(new int[][] {{99, 0}, {47, 1}, {29, 2}}, sizes);
    assertThat(keys).containsExactly(143_999, 32);
    assertThat(PathKeys.codes(143_999, sizes)).containsExactly(99, 47, 29);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4})
  void codesOutsideTheirLevelAreRefused(int code) {
    assertThatThrownBy(() -> PathKeys.of(new int[][] {{0, code}}, List.of(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(" + code + ") of item 1 at level 1");
  }

  @Test
  void largestCollisionsComeFirstTiesByKey() {
    long[] keys = {9, 4, 4, 9, 7, 7, 7, 1, 2, 2, 7L << 40};
    PathOrder order = PathOrder.of(keys);
    assertThat(order.largest(3, 2))
        .containsExactly(
            new PathOrder.Collision(3, List.of(4, 5)),
            new PathOrder.Collision(2, List.of(8, 9)),
            new PathOrder.Collision(2, List.of(1, 2)));
    assertThat(order.largest(20, 5)).hasSize(4);
    assertThat(PathOrder.of(new long[] {3, 1, 2}).largest(20, 5)).isEmpty();
  }
}
