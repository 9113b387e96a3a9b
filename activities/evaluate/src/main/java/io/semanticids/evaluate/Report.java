package io.semanticids.evaluate;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@code report.json} says, in its order: a function of data and request alone.
 *
 * <p>A null component is absent from the file (nothing was balanced, no test split), but for {@link
 * PathFigures#withinGroup}, which is null there too. No figure is ever NaN: the records refuse it.
 *
 * @param items what was counted
 * @param levels one entry a level, over training items
 * @param paths whole paths of training items
 * @param test whole paths of test items under the same codebooks and potentials; null without a
 *     test split
 * @param neighbours whether near items share codes
 * @param floors what no codebook can get below
 */
public record Report(
    Items items,
    List<Level> levels,
    Paths paths,
    @Nullable Paths test,
    Neighbours neighbours,
    Floors floors) {
  public Report {
    Objects.requireNonNull(items, "items");
    Objects.requireNonNull(paths, "paths");
    Objects.requireNonNull(neighbours, "neighbours");
    Objects.requireNonNull(floors, "floors");
    levels = List.copyOf(levels);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("A report needs at least one level.");
    }
    boolean balanced = paths.after() != null;
    for (Level level : levels) {
      if ((level.after() != null) != balanced) {
        throw new IllegalArgumentException(
            "Either all levels and the paths have figures after balancing, or none has.");
      }
    }
    if (neighbours.before().size() != levels.size()) {
      throw new IllegalArgumentException(
          "Neighbours have %d shares for %d levels."
              .formatted(neighbours.before().size(), levels.size()));
    }
  }

  /** Whether at least one level was balanced, so that figures after balancing exist. */
  public boolean balanced() {
    return paths.after() != null;
  }

  /** The levels' sizes, in order. */
  public List<Integer> sizes() {
    return levels.stream().map(Level::size).toList();
  }

  /**
   * What was counted.
   *
   * @param train training items
   * @param test test items, 0 without a test split
   * @param groups distinct groups among the training items, 0 without groups
   */
  public record Items(long train, long test, long groups) {
    public Items {
      Check.count("train", train);
      Check.count("test", test);
      Check.count("groups", groups);
    }
  }

  /**
   * One level.
   *
   * @param size codes of the level, K
   * @param before under the plain, unbalanced quantiser
   * @param after under the balanced one; null when nothing was balanced
   * @param sinkhorn how this level was balanced; null when it was not
   */
  public record Level(
      int size, CodeFigures before, @Nullable CodeFigures after, @Nullable Sinkhorn sinkhorn) {
    public Level {
      if (size <= 0) {
        throw new IllegalArgumentException("The size (%d) must be positive.".formatted(size));
      }
      Objects.requireNonNull(before, "before");
      if (sinkhorn != null && after == null) {
        throw new IllegalArgumentException("A balanced level has figures after balancing.");
      }
    }
  }

  /**
   * How one level was balanced.
   *
   * @param tau temperature of the last potentials, in units of cost (squared distance)
   * @param iterations steps on the sample
   * @param batch rows of a block
   * @param passes passes over the training rows; repairs after the first read some of them
   * @param cost sum of squared distances under the balanced assignment
   * @param lowerBound no balanced assignment costs less: the dual value
   * @param gap {@code cost / lowerBound - 1}; 0 when both are 0
   * @param optimal whether the assignment is proved optimal over all items and codes
   * @param moved items that do not have the code that the potentials alone give them
   */
  public record Sinkhorn(
      double tau,
      int iterations,
      int batch,
      int passes,
      double cost,
      double lowerBound,
      double gap,
      boolean optimal,
      long moved) {
    public Sinkhorn {
      Check.figure("tau", tau);
      Check.count("iterations", iterations);
      Check.count("batch", batch);
      Check.count("passes", passes);
      Check.count("moved", moved);
      for (double value : new double[] {cost, lowerBound, gap}) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(
              "The cost (%s), lower bound (%s) and gap (%s) of a level must be finite."
                  .formatted(cost, lowerBound, gap));
        }
      }
    }
  }

  /**
   * Whole paths under the unbalanced quantiser and, where something was balanced, the balanced one.
   */
  public record Paths(PathFigures before, @Nullable PathFigures after) {
    public Paths {
      Objects.requireNonNull(before, "before");
    }
  }

  /**
   * Of an item's k nearest by embedding, the share that has its first 1, 2, … L codes.
   *
   * @param queries items that were asked for
   * @param k neighbours of each; less than 10 only where there are not that many other items
   * @param before shares under the unbalanced quantiser, one a level; all 0 without queries
   * @param after under the balanced one; null when nothing was balanced
   * @param shuffled under the final codes, dealt out among the items at random: what chance alone
   *     gives
   */
  public record Neighbours(
      int queries,
      int k,
      List<Double> before,
      @Nullable List<Double> after,
      List<Double> shuffled) {
    public Neighbours {
      Check.count("queries", queries);
      Check.count("k", k);
      before = shares(before);
      after = after == null ? null : shares(after);
      shuffled = shares(shuffled);
      if (shuffled.size() != before.size() || (after != null && after.size() != before.size())) {
        throw new IllegalArgumentException("Neighbours need one share a level, everywhere.");
      }
    }

    private static List<Double> shares(List<Double> values) {
      values.forEach(value -> Check.rate("A share of neighbours", value));
      return List.copyOf(values);
    }
  }

  /**
   * Lower bounds of the collision rate of training items (see {@link FloorRates}).
   *
   * @param duplicates of any rule that maps vectors to codes
   * @param pigeonhole of any assignment at all
   * @param uniformRandom what items thrown at random would have in expectation
   */
  public record Floors(double duplicates, double pigeonhole, double uniformRandom) {
    public Floors {
      Check.rate("duplicates", duplicates);
      Check.rate("pigeonhole", pigeonhole);
      Check.rate("uniformRandom", uniformRandom);
    }
  }
}
