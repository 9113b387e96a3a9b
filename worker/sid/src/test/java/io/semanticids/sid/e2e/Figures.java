package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of report.json once more: counts in SQL over the Parquet files, errors and bounds in
 * plain double arithmetic from the vectors and the published codebook.
 *
 * @param database for the counts
 * @param run whose figures are checked
 * @param vectors of its training items, in row order
 * @param groups the group of each training item in SQL: a query of {@code id, family}; null without
 */
record Figures(Database database, Published run, Matrix vectors, @Nullable String groups) {
  private static final double EXACT = 1e-9;

  /** All of them. */
  void check() {
    JsonNode report = run.report();
    assertThat(report.toString()).doesNotContain("NaN").doesNotContain("Infinity");
    List<List<Integer>> published = codes("train");
    assertThat(report.at("/items/train").asInt()).isEqualTo(published.size());
    assertThat(report.at("/items/test").asInt()).isEqualTo(codes("test").size());
    List<Integer> sizes = new ArrayList<>();
    report.path("levels").forEach(level -> sizes.add(level.path("size").asInt()));

    boolean balanced = report.path("paths").has("after");
    String which = balanced ? "after" : "before";
    for (int level = 1; level <= sizes.size(); level++) {
      JsonNode figures = report.path("levels").get(level - 1);
      assertThat(figures.has("after")).isEqualTo(balanced);
      loads(figures.path(which), level, sizes.get(level - 1));
    }
    paths(report.path("paths").path(which), "train");
    if (!codes("test").isEmpty()) {
      paths(report.path("test").path(which), "test");
    }
    floors(report.path("floors"), sizes);
    new Quantiser(vectors, Codebook.of(run, "codebook"), published).check(report, which);
    if (balanced) {
      Codebook before = Codebook.of(run, "codebook/before");
      List<List<Integer>> nearest = before.encode(vectors);
      new Quantiser(vectors, before, nearest).check(report, "before");
      for (int level = 0; level < sizes.size(); level++) {
        int at = level;
        long[] loads = new long[sizes.get(level)];
        nearest.forEach(path -> loads[path.get(at)]++);
        JsonNode figures = report.path("levels").get(level).path("before");
        // Codewords that are nearest within the last bits may be decided otherwise here.
        assertThat(figures.path("maxLoad").asLong())
            .isCloseTo(Arrays.stream(loads).max().orElseThrow(), within(1L));
        assertThat(figures.path("minLoad").asLong())
            .isCloseTo(Arrays.stream(loads).min().orElseThrow(), within(1L));
      }
    }
  }

  /** The published paths of a split, in row order. */
  List<List<Integer>> codes(String split) {
    return run.items(database).stream()
        .filter(item -> item.split().equals(split))
        .map(Published.Item::codes)
        .toList();
  }

  private void loads(JsonNode figures, int level, int size) {
    List<Double> counted =
        database.numbers(
            """
            WITH loads AS (SELECT codes[%d] AS code, count(*) AS load FROM %s WHERE split = 'train' GROUP BY code)
            SELECT count(*), CASE WHEN count(*) < %d THEN 0 ELSE min(load) END, max(load), min(code), max(code),
              exp(-sum(load / total * ln(load / total)))
            FROM loads, (SELECT sum(load) AS total FROM loads)
            """
                .formatted(level, run.table(), size));
    assertThat(counted.get(3)).as("least code of level %d", level).isNotNegative();
    assertThat(counted.get(4)).as("greatest code of level %d", level).isLessThan(size);
    assertThat(
            List.of(
                figures.path("unique").asDouble(),
                figures.path("minLoad").asDouble(),
                figures.path("maxLoad").asDouble()))
        .as("unique, minLoad, maxLoad of level %d", level)
        .isEqualTo(counted.subList(0, 3));
    assertThat(figures.path("perplexity").asDouble())
        .isCloseTo(counted.get(5), within(EXACT * size));
  }

  private void paths(JsonNode figures, String split) {
    String paths =
        "SELECT codes, count(*) AS load FROM %s WHERE split = '%s' GROUP BY codes"
            .formatted(run.table(), split);
    List<Double> counted =
        database.numbers(
            """
            SELECT count(*), 1 - count(*) / sum(load), sum(CASE WHEN load > 1 THEN load ELSE 0 END), max(load)
            FROM (%s)
            """
                .formatted(paths));
    assertThat(figures.path("unique").asDouble()).isEqualTo(counted.get(0));
    assertThat(figures.path("collisionRate").asDouble()).isCloseTo(counted.get(1), within(EXACT));
    assertThat(figures.path("itemsInCollisions").asDouble()).isEqualTo(counted.get(2));
    assertThat(figures.path("largest").asDouble()).isEqualTo(counted.get(3));
    if (groups == null) {
      assertThat(figures.get("withinGroup").isNull()).isTrue();
    } else {
      assertThat(figures.path("withinGroup").asDouble())
          .isEqualTo(
              database
                  .numbers(
                      """
                      SELECT sum(load) FROM (SELECT count(*) AS load FROM %s AS items
                        JOIN (%s) AS families ON families.id = items.id WHERE split = '%s' GROUP BY codes
                        HAVING count(*) > 1 AND count(DISTINCT family) = 1 AND count(family) = count(*))
                      """
                          .formatted(run.table(), groups, split))
                  .get(0));
    }
  }

  private void floors(JsonNode floors, List<Integer> sizes) {
    int items = vectors.rows();
    double paths = sizes.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
    long distinct =
        IntStream.range(0, items)
            .mapToObj(
                row ->
                    IntStream.range(0, vectors.columns())
                        .mapToObj(column -> Double.toString(vectors.at(row, column) + 0.0))
                        .collect(Collectors.joining(" ")))
            .distinct()
            .count();
    assertThat(floors.path("duplicates").asDouble())
        .isCloseTo(1 - (double) distinct / items, within(EXACT));
    assertThat(floors.path("pigeonhole").asDouble())
        .isCloseTo(Math.max(0, 1 - paths / items), within(EXACT));
    double used = -paths * Math.expm1(items * Math.log1p(-1 / paths));
    assertThat(floors.path("uniformRandom").asDouble())
        .isCloseTo(paths == 1 ? 1 - 1.0 / items : Math.max(0, 1 - used / items), within(1e-7));
  }

  /** Errors and bounds of one quantiser. */
  private record Quantiser(Matrix vectors, Codebook codebook, List<List<Integer>> paths) {
    void check(JsonNode report, String which) {
      double spread = spread();
      for (int level = 1; level <= codebook.levels().size(); level++) {
        JsonNode figures = report.path("levels").get(level - 1);
        Codebook.Costs costs = codebook.costs(vectors, paths, level);
        assertThat(figures.path(which).path("relativeError").asDouble())
            .as("relativeError %s of level %d", which, level)
            .isCloseTo(spread == 0 ? 0 : costs.cost() / spread, within(1e-5));
        JsonNode sinkhorn = figures.path("sinkhorn");
        if (which.equals("after") && !sinkhorn.isMissingNode()) {
          bounds(sinkhorn, costs, level);
        }
      }
    }

    private void bounds(JsonNode sinkhorn, Codebook.Costs costs, int level) {
      double cost = sinkhorn.path("cost").asDouble();
      double bound = sinkhorn.path("lowerBound").asDouble();
      double rounding = 1e-6 * vectors.rows();
      assertThat(cost)
          .as("cost of level %d", level)
          .isCloseTo(costs.cost(), within(1e-4 * cost + rounding));
      assertThat(bound)
          .as("lowerBound of level %d", level)
          .isCloseTo(costs.dual(), within(1e-4 * Math.abs(costs.dual()) + rounding));
      assertThat(bound).isLessThanOrEqualTo(cost);
      assertThat(sinkhorn.path("gap").asDouble())
          .isCloseTo(bound == 0 ? 0 : cost / bound - 1, within(EXACT));
      if (sinkhorn.path("optimal").asBoolean()) {
        assertThat(cost).isEqualTo(bound);
        assertThat(costs.worse()).as("items with a worse code at level %d", level).isZero();
      }
    }

    /** Sum of |x - mean|². */
    private double spread() {
      double[] mean = new double[vectors.columns()];
      for (int row = 0; row < vectors.rows(); row++) {
        for (int column = 0; column < mean.length; column++) {
          mean[column] += vectors.at(row, column) / vectors.rows();
        }
      }
      double sum = 0;
      for (int row = 0; row < vectors.rows(); row++) {
        for (int column = 0; column < mean.length; column++) {
          double difference = vectors.at(row, column) - mean[column];
          sum += difference * difference;
        }
      }
      return sum < 1e-9 * vectors.rows() ? 0 : sum;
    }
  }
}
