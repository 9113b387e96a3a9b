package io.semanticids.balance;

import io.semanticids.tensor.Progress;
import java.util.Arrays;
import java.util.Optional;

/** Makes loads exact at least cost, by shortest paths over collected moves. */
public final class Repair {
  /** More attempts than this are not made where loads are not exact: {@link LastResort} is left. */
  private static final int PATIENCE = 4;

  private Repair() {}

  /**
   * Solves one attempt.
   *
   * @param moves merged over all rows; not changed
   * @param start the level whose potentials the moves were collected under
   * @param capacities from {@link Capacities#of}; the same at every attempt
   * @param attempt from 1
   */
  public static RepairResult solve(
      Moves moves,
      BalancedLevel start,
      long[] capacities,
      int attempt,
      RepairOptions options,
      Progress progress) {
    if (Arrays.stream(capacities).sum() != moves.rows() || capacities.length != start.size()) {
      throw new IllegalArgumentException(
          "%d capacities for %d rows do not fit %d codes and %d rows."
              .formatted(
                  capacities.length, Arrays.stream(capacities).sum(), start.size(), moves.rows()));
    }
    RepairItems items = new RepairItems(moves);
    ExchangeGraph graph = new ExchangeGraph(start.size(), items);
    ShortestPaths paths =
        new ShortestPaths(graph, items, moves.loads(), capacities, ShortestPaths.NEAR);
    boolean exact = paths.run(progress);
    Certificate certificate = new Certificate(moves, paths.drifts());
    long[] raw = start.potentials().values().clone();
    for (int k = 0; k < raw.length; k++) {
      raw[k] += paths.drifts()[k];
    }
    Sums sums = new Sums(moves, start, start.potentials().dot(capacities));
    long extra = items.extra();
    boolean optimal = exact && certificate.optimal();
    long slack = optimal ? 0 : exact ? Math.min(extra, certificate.shortfall()) : extra;
    double cost = sums.real(extra);
    double bound = sums.real(extra - slack);
    boolean dear = !optimal && cost - bound > options.gap() * bound;
    boolean good = exact && !dear;
    boolean last = attempt >= options.attempts() + (exact ? 0 : PATIENCE);
    Optional<RepairPlan> next =
        good || last
            ? Optional.empty()
            : exact
                ? DeeperPlan.where(certificate, moves)
                : DeeperPlan.beyond(certificate, paths, moves, capacities, dear);
    long[] moved = items.moved();
    return new RepairResult(
        Arrays.stream(moved).map(move -> move >>> 12).toArray(),
        Arrays.stream(moved).mapToInt(move -> (int) (move & 0xFFF)).toArray(),
        paths.loads(),
        capacities.clone(),
        Potentials.of(raw, start.scale()),
        cost,
        bound,
        optimal,
        next);
  }

  /** The costs of a level's rows as squared distances. */
  record Sums(Moves moves, BalancedLevel start, long dot) {
    /**
     * The dual value at the start and {@code extra} integer costs, as a sum of squared distances;
     * at least 0.
     */
    double real(long extra) {
      double fixed = start.scale().toReal(Math.addExact(Math.addExact(moves.dual(), dot), extra));
      return Math.max(0, start.squares().toReal(moves.squares()) + fixed);
    }
  }
}
