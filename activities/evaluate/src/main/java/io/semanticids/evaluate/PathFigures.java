package io.semanticids.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * How items share whole paths.
 *
 * @param unique paths that at least one item has
 * @param collisionRate {@code 1 - unique / items}; 0 without items
 * @param itemsInCollisions items that share their path with another one
 * @param largest items of the fullest path
 * @param withinGroup items in collisions all of whose path-mates are of their group (harmless
 *     ones); null without groups
 */
public record PathFigures(
    long unique,
    double collisionRate,
    long itemsInCollisions,
    long largest,
    @Nullable Long withinGroup) {
  public PathFigures {
    Check.count("unique", unique);
    Check.rate("collisionRate", collisionRate);
    Check.count("itemsInCollisions", itemsInCollisions);
    Check.count("largest", largest);
    if (withinGroup != null && (withinGroup < 0 || withinGroup > itemsInCollisions)) {
      throw new IllegalArgumentException(
          "withinGroup (%d) must lie in [0, itemsInCollisions = %d]."
              .formatted(withinGroup, itemsInCollisions));
    }
  }

  /**
   * The figures of items with these path keys.
   *
   * @param keys one path key an item ({@link PathKeys}); not changed
   * @param groups one group number an item, -1 where it has none (then no collision of it is
   *     harmless); null without groups
   */
  public static PathFigures of(long[] keys, int @Nullable [] groups) {
    return of(PathOrder.of(keys), groups);
  }

  /** The same of items that are already in order. */
  public static PathFigures of(PathOrder order, int @Nullable [] groups) {
    if (groups != null && groups.length != order.items()) {
      throw new IllegalArgumentException(
          "%d groups were given for %d items.".formatted(groups.length, order.items()));
    }
    Counter counter = new Counter(groups);
    order.forEachPath(counter);
    long items = order.items();
    return new PathFigures(
        counter.unique,
        items == 0 ? 0 : (double) (items - counter.unique) / items,
        counter.inCollisions,
        counter.largest,
        groups == null ? null : Long.valueOf(counter.withinGroup));
  }

  private static final class Counter implements PathOrder.Visitor {
    private final int @Nullable [] groups;
    private long unique;
    private long inCollisions;
    private long largest;
    private long withinGroup;

    Counter(int @Nullable [] groups) {
      this.groups = groups;
    }

    @Override
    public void path(int[] rows, int from, int to) {
      int load = to - from;
      unique++;
      largest = Math.max(largest, load);
      if (load > 1) {
        inCollisions += load;
        withinGroup += groups != null && oneGroup(groups, rows, from, to) ? load : 0;
      }
    }

    private static boolean oneGroup(int[] groups, int[] rows, int from, int to) {
      int group = groups[rows[from]];
      for (int i = from + 1; i < to; i++) {
        if (groups[rows[i]] != group) {
          return false;
        }
      }
      return group >= 0;
    }
  }
}
