package io.semanticids.sid.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Balanced means: loads differ by at most one, over the catalogue or inside each prefix. */
final class Loads {
  private Loads() {}

  /** Checks the levels that the run balanced. */
  static void check(Database database, Published run, String scope) {
    JsonNode levels = run.report().path("levels");
    for (int level = 1; level <= levels.size(); level++) {
      if (!levels.get(level - 1).has("sinkhorn")) {
        continue;
      }
      boolean inside =
          level > 1 && (scope.equals("prefix") || (scope.equals("last") && level == levels.size()));
      int size = levels.get(level - 1).path("size").asInt();
      assertThat(worst(database, run, inside ? level : 1, level, size))
          .as("greatest difference of loads at level %d, scope %s", level, scope)
          .isLessThanOrEqualTo(1);
    }
  }

  /** The greatest difference of two loads of a level among items with equal codes before it. */
  private static double worst(Database database, Published run, int inside, int level, int size) {
    String prefix = inside == 1 ? "[]" : "codes[1:%d]".formatted(level - 1);
    List<Double> worst =
        database.numbers(
            """
            SELECT max(most - least) FROM (
              SELECT max(load) AS most, CASE WHEN count(*) < %d THEN 0 ELSE min(load) END AS least FROM (
                SELECT %s AS prefix, codes[%d] AS code, count(*) AS load FROM %s WHERE split = 'train' GROUP BY prefix, code)
              GROUP BY prefix)
            """
                .formatted(size, prefix, level, run.table()));
    return worst.get(0);
  }
}
