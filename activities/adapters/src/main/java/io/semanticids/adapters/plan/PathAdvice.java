package io.semanticids.adapters.plan;

import io.semanticids.evaluate.FloorRates;
import io.semanticids.evaluate.PathSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What the sizes can reach.
 *
 * <p>Expected collision rates are those of {@code P^e} paths used at random, {@code P} being all
 * paths: with unbalanced codes, e was 0.64 to 0.89; balanced over the catalogue 0.66 to 0.994
 * (3,459 real products at 64^3, 20,000 to 4 million made vectors at 64^3 and 256^3, and the
 * published run of 54.5 million). With the last level balanced inside prefixes the rate was the
 * pigeonhole floor for the products, and of an e of 0.93 on a million made vectors. With every
 * level inside prefixes it is the floor.
 */
final class PathAdvice {
  private static final int MOST_CODES = 65_536;
  private static final int MOST_BALANCED = 4_096;
  private static final int MOST_LEVELS = 26;
  private static final BigInteger MOST_INSIDE = BigInteger.valueOf(RunShape.MOST_PATHS);

  /** Above this share of items in collisions, something better is worth naming. */
  private static final double MANY = 0.1;

  private final RunShape shape;
  private final PathSpace space;
  private final double pigeonhole;

  PathAdvice(RunShape shape) {
    this.shape = shape;
    this.space = new PathSpace(shape.sizes());
    this.pigeonhole = FloorRates.pigeonhole(shape.train(), space);
  }

  RunPlan.Collisions collisions() {
    double low = pigeonhole;
    double high = pigeonhole;
    if (!shape.everyPathEqual()) {
      boolean last = shape.insidePrefixes(shape.levels());
      low = last ? pigeonhole : Math.max(pigeonhole, random(shape.balanced() ? 0.995 : 0.90));
      high = Math.max(low, random(!shape.balanced() ? 0.63 : last ? 0.93 : 0.65));
    }
    return new RunPlan.Collisions(
        space.paths(), pigeonhole, FloorRates.uniformRandom(shape.train(), space), low, high);
  }

  private double random(double exponent) {
    double used = Math.pow(space.paths().doubleValue(), exponent);
    double each = shape.train() / used;
    return each < 1e-9 ? 0 : Math.max(0, 1 + Math.expm1(-each) / each);
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (pigeonhole > 0) {
      warnings.add(
          text(
              "No configuration of these sizes can do better than a collision rate of %.4f: there are %,d paths for %,d items.",
              pigeonhole, space.paths(), shape.train()));
    }
    long prefixes = 1;
    for (int level = 1; level <= shape.levels(); level++) {
      int size = shape.sizes().get(level - 1);
      if (size > shape.train()) {
        warnings.add(
            text(
                "Level %d has %,d codes for %,d items: most stay unused, a smaller size is enough.",
                level, size, shape.train()));
      } else if (shape.insidePrefixes(level) && shape.train() / prefixes < size) {
        warnings.add(
            text(
                "A prefix of level %d has about %.1f items for %,d codes: each is used once or not at all there, and centroids follow few items.",
                level, (double) shape.train() / prefixes, size));
      }
      prefixes = Math.min(Long.MAX_VALUE >> 17, prefixes * size);
    }
    if (shape.train() >= Integer.MAX_VALUE || shape.test() >= Integer.MAX_VALUE) {
      warnings.add("A split has 2^31 rows or more, which one run cannot hold: cut the catalogue.");
    }
    return warnings;
  }

  List<String> suggestions() {
    List<String> suggestions = new ArrayList<>();
    if (pigeonhole > 0) {
      enoughPaths(suggestions);
    }
    double expected = collisions().expectedHigh();
    if (!shape.everyPathEqual() && expected > Math.max(pigeonhole, MANY)) {
      boolean fits =
          shape.sizes().stream().allMatch(size -> size <= MOST_BALANCED)
              && space.paths().compareTo(MOST_INSIDE) <= 0;
      if (fits && shape.levels() > 1) {
        suggestions.add(
            text(
                "uniform=true with scope=prefix comes down to the floor, %.4f; with scope=last near it, at less error.",
                pigeonhole));
      }
    }
    return suggestions;
  }

  /**
   * The next size that is enough at this number of levels, and the number of levels at this size.
   */
  private void enoughPaths(List<String> suggestions) {
    int most = shape.balanced() ? MOST_BALANCED : MOST_CODES;
    BigInteger items = BigInteger.valueOf(shape.train());
    BigInteger mostPaths =
        shape.insidePrefixes() ? MOST_INSIDE : BigInteger.valueOf(Long.MAX_VALUE);
    for (int size = 2; size <= most; size *= 2) {
      BigInteger paths = BigInteger.valueOf(size).pow(shape.levels());
      if (paths.compareTo(items) >= 0) {
        if (paths.compareTo(mostPaths) <= 0) {
          suggestions.add(
              text(
                  "size=%d at %d %s makes %,d paths, enough for every item.",
                  size, shape.levels(), shape.levels() == 1 ? "level" : "levels", paths));
        }
        break;
      }
    }
    int largest = Collections.max(shape.sizes());
    BigInteger paths = space.paths();
    List<Integer> longer = new ArrayList<>(shape.sizes());
    while (largest > 1 && longer.size() < MOST_LEVELS && paths.compareTo(items) < 0) {
      longer.add(largest);
      paths = paths.multiply(BigInteger.valueOf(largest));
    }
    if (paths.compareTo(items) >= 0 && paths.compareTo(mostPaths) <= 0) {
      suggestions.add(
          text(
              "size=%s at %d levels makes %,d paths, enough for every item.",
              longer.toString().replaceAll("[\\[\\] ]", ""), longer.size(), paths));
    }
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
