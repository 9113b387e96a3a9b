package io.semanticids.balance;

import io.semanticids.quantize.KMeans;
import io.semanticids.quantize.KMeansSettings;
import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Fits centroids and potentials of one level on a sample: unbalanced k-means, annealed Newton steps
 * on the potentials, then rounds of balanced Lloyd (centroids become the means of the rows that the
 * potentials give them, and the potentials follow).
 */
public final class BalancedFit {
  private static final double TAU = 0.01;
  private static final int MIN_ROUNDS = 3;
  private static final int MAX_ROUNDS = 8;
  private static final double TOLERANCE = 1e-3;
  private static final double MARGIN = 1.0;
  private static final double UNBALANCED = 0.01;

  /** One attempt, taken as it is: only means are made of it. */
  private static final RepairOptions ROUGH = new RepairOptions(1, 1);

  private final Rows sample;
  private final double maxRowNorm;
  private final BalanceOptions options;
  private final Arithmetic arithmetic;
  private final Progress progress;

  private BalancedFit(
      Rows sample,
      double maxRowNorm,
      BalanceOptions options,
      Arithmetic arithmetic,
      Progress progress) {
    this.sample = sample;
    this.maxRowNorm = maxRowNorm;
    this.options = options;
    this.arithmetic = arithmetic;
    this.progress = progress;
  }

  /**
   * Fits one level.
   *
   * @param sample {@code n x d}, n at least 1
   * @param rows how many rows the sample stands for; the plan of the repair is made for so many
   * @param maxRowNorm no row, of the sample or not, is longer
   * @param initial centroids to start from; null: k-means on the sample first
   */
  public static FittedLevel fit(
      Rows sample,
      long rows,
      double maxRowNorm,
      @Nullable Codewords initial,
      BalanceOptions options,
      Arithmetic arithmetic,
      Progress progress) {
    if (sample.count() < 1 || rows < sample.count() || !(maxRowNorm >= 0)) {
      throw new IllegalArgumentException(
          "A sample of %d rows of norm at most %s cannot stand for %d rows."
              .formatted(sample.count(), maxRowNorm, rows));
    }
    if (initial != null && initial.size() != options.size()) {
      throw new IllegalArgumentException(
          "%d centroids were given for a level of %d codes."
              .formatted(initial.size(), options.size()));
    }
    Codewords codewords =
        initial != null
            ? initial
            : KMeans.fit(
                    sample,
                    maxRowNorm,
                    KMeansSettings.of(options.size(), options.seed()),
                    arithmetic,
                    progress)
                .codewords();
    return new BalancedFit(sample, maxRowNorm, options, arithmetic, progress)
        .balance(codewords, rows);
  }

  /**
   * Fits potentials alone: the codewords, sigma, tau and fixed point are those of {@code level}.
   *
   * @param sample {@code n x d}, n at least 1
   * @param rows how many rows the sample stands for
   */
  public static FittedLevel potentials(
      Rows sample,
      long rows,
      BalancedLevel level,
      BalanceOptions options,
      Arithmetic arithmetic,
      Progress progress) {
    BalancedFit fit = new BalancedFit(sample, level.maxRowNorm(), options, arithmetic, progress);
    SampleCosts costs = fit.costs(level.codewords(), level.scale());
    PotentialFit found = fit.fit(costs, level.sigma(), level.tau());
    found.settle(options.iterations() - found.steps());
    return new FittedLevel(
        level.withPotentials(found.potentials()),
        FirstPlan.of(costs, found.potentials(), MARGIN * fixed(level.tau(), costs), rows),
        0);
  }

  private FittedLevel balance(Codewords unbalanced, long rows) {
    Codewords codewords = unbalanced;
    SampleCosts costs = costs(codewords);
    double squares = meanSquare();
    SoftLoads plain = costs.softLoads(Potentials.zero(codewords.size(), costs.scale()), 1);
    double sigma = Math.max(0, squares + costs.scale().toReal(plain.cost()) / sample.count());
    double tau = (options.tau() == 0 ? TAU : options.tau()) * sigma;
    Candidate now = candidate(codewords, costs, sigma, tau, squares);
    Candidate best = now;
    int steps = now.fit.steps();
    int rounds = 0;
    boolean better = options.refit();
    while (options.refit() && rounds < MAX_ROUNDS && (better || rounds < MIN_ROUNDS)) {
      Codewords next = now.costs.means(balancedCodes(now, tau), maxRowNorm);
      Candidate after = candidate(next, costs(next), sigma, tau, squares);
      steps += after.fit.steps();
      rounds++;
      better = now.value - after.value > TOLERANCE * Math.abs(now.value);
      now = after;
      best = now.value < best.value ? now : best;
    }
    costs = best.costs;
    PotentialFit fit = new PotentialFit(costs, best.fit.potentials(), fixed(tau, costs));
    fit.settle(options.iterations() - best.fit.steps());
    BalancedLevel level =
        new BalancedLevel(
            best.codewords,
            fit.potentials(),
            maxRowNorm,
            sigma,
            tau,
            steps + fit.steps(),
            options.batch());
    RepairPlan plan = FirstPlan.of(costs, fit.potentials(), MARGIN * fixed(tau, costs), rows);
    return new FittedLevel(level, plan, rounds);
  }

  /**
   * Centroids with potentials.
   *
   * @param value the smoothed dual: what a balanced row costs, nearly
   */
  private record Candidate(
      Codewords codewords, SampleCosts costs, PotentialFit fit, double value) {}

  private Candidate candidate(
      Codewords codewords, SampleCosts costs, double sigma, double tau, double squares) {
    PotentialFit fit = fit(costs, sigma, tau);
    return new Candidate(codewords, costs, fit, squares + fit.smooth() / costs.scale().factor());
  }

  /**
   * The codes under the potentials; made exact where potentials alone cannot balance, because rows
   * of equal costs are more than a code may hold.
   */
  private int[] balancedCodes(Candidate now, double tau) {
    Potentials potentials = now.fit.potentials();
    int[] codes = now.costs.codes(potentials);
    if (excess(codes) <= UNBALANCED) {
      return codes;
    }
    RepairPlan plan =
        FirstPlan.of(now.costs, potentials, MARGIN * fixed(tau, now.costs), sample.count());
    Moves moves = now.costs.moves(potentials, plan);
    BalancedLevel level =
        new BalancedLevel(now.codewords, potentials, maxRowNorm, 0, tau, 0, options.batch());
    Repair.solve(moves, level, Capacities.of(moves.loads()), 1, ROUGH)
        .override(0, codes.length, codes);
    return codes;
  }

  private double excess(int[] codes) {
    long[] loads = new long[options.size()];
    for (int code : codes) {
      loads[code]++;
    }
    double sum = 0;
    for (long load : loads) {
      sum += Math.max(0, load - Math.ceil((double) codes.length / loads.length));
    }
    return sum / codes.length;
  }

  /**
   * From zero each time: means of balanced rows need far smaller potentials than the centroids
   * before them.
   */
  private PotentialFit fit(SampleCosts costs, double sigma, double tau) {
    PotentialFit fit =
        new PotentialFit(costs, Potentials.zero(costs.size(), costs.scale()), fixed(tau, costs));
    fit.anneal(sigma * costs.scale().factor(), options.iterations());
    return fit;
  }

  private SampleCosts costs(Codewords codewords) {
    return costs(codewords, CostScale.of(maxRowNorm, codewords));
  }

  private SampleCosts costs(Codewords codewords, CostScale scale) {
    return new SampleCosts(sample, codewords, scale, options.batch(), arithmetic, progress);
  }

  private static double fixed(double tau, SampleCosts costs) {
    return Math.max(1, tau * costs.scale().factor());
  }

  /** The mean of {@code |r|^2}, exact to the last digit of its fixed point. */
  private double meanSquare() {
    CostScale scale = BalancedLevel.squares(maxRowNorm);
    int dimension = sample.dimension();
    int height = 1_024;
    float[] block = new float[Math.multiplyExact(height, dimension)];
    long sum = 0;
    for (long first = 0; first < sample.count(); first += height) {
      int count = (int) Math.min(height, sample.count() - first);
      sample.read(first, count, block);
      for (int i = 0; i < count; i++) {
        sum += scale.toFixed(RowScores.square(block, i * dimension, dimension));
      }
    }
    return scale.toReal(sum) / sample.count();
  }
}
