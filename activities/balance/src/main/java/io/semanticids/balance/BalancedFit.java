package io.semanticids.balance;

import io.semanticids.quantize.GatheredRows;
import io.semanticids.quantize.KMeans;
import io.semanticids.quantize.KMeansSettings;
import io.semanticids.quantize.SquaredDistance;
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

  /** From this share of torn rows on tau falls to so small a part of it, so many times at most. */
  private static final double TORN = 0.05;

  private static final int FALL = 10;

  private static final int MAX_FALLS = 3;

  private static final double MARGIN = 1.0;
  private static final double UNBALANCED = 0.01;

  /**
   * From so many times the sample's rows on they are many: a pass over all of them then costs more
   * than what settling the potentials on the sample first may spare.
   */
  private static final int MANY = 4;

  /** Rows that potentials are settled on where there are many times as many. */
  private static final long WIDE = 1 << 20;

  private static final long WIDE_A_CODE = 512;

  /** Neighbouring rows are alike in many catalogues: few of them together, from many places. */
  private static final int WIDE_BLOCK = 64;

  private static final int WIDE_STEPS = 16;

  /** Potentials for given centroids are found on one row of so many of the sample. */
  private static final int ROUGH_SHARE = 4;

  private static final int SAMPLE_STEPS = 8;

  /** Steps at the last tau in a round that others follow. */
  private static final int ROUGHLY = 4;

  /** Steps on the whole sample in the last round. */
  private static final int LAST_STEPS = 2;

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
   * @param sample {@code n x d}, n at least 1; copied where it is read again and again
   * @param all the rows that the sample is of; the plan of the repair is made for the first {@code
   *     rows} of them, and where these are many, potentials are settled on more of them
   * @param maxRowNorm no row, of the sample or not, is longer
   * @param initial centroids to start from; null: k-means on the sample first
   */
  public static FittedLevel fit(
      Rows sample,
      Rows all,
      long rows,
      double maxRowNorm,
      @Nullable Codewords initial,
      BalanceOptions options,
      Arithmetic arithmetic,
      Progress progress) {
    if (sample.count() < 1 || rows < sample.count() || rows > all.count() || !(maxRowNorm >= 0)) {
      throw new IllegalArgumentException(
          "A sample of %d rows of norm at most %s cannot stand for %d rows."
              .formatted(sample.count(), maxRowNorm, rows));
    }
    if (initial != null && initial.size() != options.size()) {
      throw new IllegalArgumentException(
          "%d centroids were given for a level of %d codes."
              .formatted(initial.size(), options.size()));
    }
    boolean once = initial != null && !options.refit() && SampleCosts.kept(sample, initial);
    Rows own = once ? sample : GatheredRows.copy(sample, arithmetic, progress);
    Codewords codewords =
        initial != null
            ? initial
            : KMeans.fit(
                    own,
                    maxRowNorm,
                    KMeansSettings.of(options.size(), options.seed()),
                    arithmetic,
                    progress)
                .codewords();
    return new BalancedFit(own, maxRowNorm, options, arithmetic, progress)
        .balance(codewords, all, rows);
  }

  /**
   * Fits potentials alone: codewords and fixed point are those of {@code level}, its tau is scaled
   * as the sample's unbalanced error is to the level's sigma.
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
    SampleCosts costs = fit.costs(sample, level);
    double sigma = fit.unbalancedError(costs, fit.meanSquare(sample));
    double tau = level.sigma() == 0 ? level.tau() : level.tau() * sigma / level.sigma();
    Rows part = fit.every((int) Math.min(ROUGH_SHARE, sample.count() / (64L * level.size())));
    SampleCosts few = part == sample ? costs : fit.costs(part, level);
    PotentialFit rough = fit.fit(few, sigma, tau, options.iterations());
    PotentialFit found = new PotentialFit(costs, rough.potentials(), fixed(tau, costs));
    found.settle(SAMPLE_STEPS);
    return new FittedLevel(
        new BalancedLevel(
            level.codewords(),
            found.potentials(),
            level.maxRowNorm(),
            sigma,
            tau,
            rough.steps() + found.steps(),
            level.batch()),
        FirstPlan.of(costs, found.potentials(), MARGIN * fixed(tau, costs), rows),
        new double[level.size()],
        0);
  }

  private FittedLevel balance(Codewords unbalanced, Rows all, long rows) {
    Rows part = part();
    SampleCosts before = costs(part, unbalanced);
    double squares = meanSquare(part);
    double sigma = unbalancedError(before, squares);
    double tau = (options.tau() == 0 ? TAU : options.tau()) * sigma;
    Rounds found = rounds(unbalanced, before, squares, sigma, tau);
    double torn = torn(found.best);
    for (int fall = 0; fall < MAX_FALLS && options.tau() == 0 && torn > TORN; fall++) {
      Rounds colder = rounds(found.best.codewords, found.best.costs, squares, sigma, tau / FALL);
      double left = torn(colder.best);
      if (left > torn / 2) {
        break;
      }
      found = new Rounds(colder.best, found.count + colder.count, found.steps + colder.steps);
      torn = left;
      tau /= FALL;
    }
    Candidate best = found.best;
    int rounds = found.count;
    int steps = found.steps;
    if (options.refit() && part != sample) {
      Candidate whole = onSample(best.codewords, best.fit.potentials(), tau);
      Codewords next = means(whole, tau);
      Candidate few = candidate(next, costs(part, next), sigma, tau);
      Candidate last = onSample(next, few.fit.potentials(), tau);
      steps += whole.fit.steps() + few.fit.steps() + last.fit.steps();
      rounds++;
      best = last.value < whole.value ? last : whole;
    }
    SampleCosts costs = best.costs;
    PotentialFit fit = best.fit;
    if (options.refit() || rows >= MANY * sample.count()) {
      costs = costs.rows() == sample ? costs : costs(sample, best.codewords);
      fit = new PotentialFit(costs, fit.potentials(), fixed(tau, costs));
      fit.settle(options.iterations() - best.fit.steps());
      steps += fit.steps();
    }
    Rows wide = wide(all, rows);
    if (wide.count() > sample.count()) {
      costs = costs(wide, best.codewords);
      fit = new PotentialFit(costs, fit.potentials(), fixed(tau, costs));
      fit.settle(WIDE_STEPS);
      steps += fit.steps();
    }
    BalancedLevel level =
        new BalancedLevel(
            best.codewords, fit.potentials(), maxRowNorm, sigma, tau, steps, options.batch());
    RepairPlan plan = FirstPlan.of(costs, fit.potentials(), MARGIN * fixed(tau, costs), rows);
    return new FittedLevel(level, plan, new double[level.size()], rounds);
  }

  /** What rounds of balanced Lloyd found. */
  private record Rounds(Candidate best, int count, int steps) {}

  /** Rounds at one tau; where centroids are given, their potentials alone. */
  private Rounds rounds(
      Codewords start, SampleCosts costs, double squares, double sigma, double tau) {
    Candidate now = candidate(start, costs, sigma, tau);
    Candidate best = now;
    int steps = now.fit.steps();
    int rounds = 0;
    boolean better = options.refit();
    while (options.refit() && rounds < MAX_ROUNDS && (better || rounds < MIN_ROUNDS)) {
      Codewords next = means(now, tau);
      Candidate after = candidate(next, costs(costs.rows(), next), sigma, tau);
      steps += after.fit.steps();
      rounds++;
      better = now.value - after.value > TOLERANCE * Math.abs(squares + now.value);
      now = after;
      best = now.value < best.value ? now : best;
    }
    return new Rounds(best, rounds, steps);
  }

  /**
   * The share of rows that codes hold too many of. It is large where many rows are torn between
   * codes, so that even soft loads do not make hard ones even: where most rows are nearly the same,
   * a tau that follows the mean error is wider than all of them. Or where rows are equal, which no
   * tau parts.
   */
  private double torn(Candidate candidate) {
    int[] codes = candidate.costs.codes(candidate.fit.potentials());
    return (double) excess(codes) / codes.length;
  }

  /**
   * What tells the loads of well separated codes better than the sample does: whether such a code
   * has some rows too many or too few decides at which end of a wide gap its potential belongs. The
   * sample itself where the rows are not many times as many.
   */
  private Rows wide(Rows all, long rows) {
    long stride = rows / Math.max(WIDE, WIDE_A_CODE * options.size());
    return stride < MANY ? sample : new StridedRows(all, rows, WIDE_BLOCK, (int) stride);
  }

  /**
   * The rows whose potentials are fitted, at least 64 a code: a part of the sample where its costs
   * could not be kept in memory, or where centroids are given, which more rows would not better.
   */
  private Rows part() {
    long keepable = sample.count() * options.size() / SampleCosts.KEPT + 1;
    long share = options.refit() ? keepable : Math.max(keepable, ROUGH_SHARE);
    return every((int) Math.min(share, sample.count() / (64L * options.size())));
  }

  /** Every {@code stride}-th row, in memory; the sample itself where that is one or less. */
  private Rows every(int stride) {
    return stride <= 1
        ? sample
        : GatheredRows.copy(
            new StridedRows(sample, sample.count() / stride * stride, 1, stride),
            arithmetic,
            progress);
  }

  /**
   * Centroids with potentials.
   *
   * @param costs of the part of the sample that the potentials were fitted on
   * @param value the smoothed dual without the squares of the rows: what a balanced row costs,
   *     nearly
   */
  private record Candidate(
      Codewords codewords, SampleCosts costs, PotentialFit fit, double value) {}

  private Candidate candidate(Codewords codewords, SampleCosts costs, double sigma, double tau) {
    int last = options.refit() ? ROUGHLY : options.iterations();
    PotentialFit fit = fit(costs, sigma, tau, last);
    return new Candidate(codewords, costs, fit, fit.smooth() / costs.scale().factor());
  }

  /** The last round is one on the whole sample: means of balanced rows are better for it. */
  private Candidate onSample(Codewords codewords, Potentials start, double tau) {
    SampleCosts costs = costs(sample, codewords);
    PotentialFit fit = new PotentialFit(costs, start, fixed(tau, costs));
    fit.settle(LAST_STEPS);
    return new Candidate(codewords, costs, fit, fit.smooth() / costs.scale().factor());
  }

  /**
   * The means of the rows that each code holds under the potentials; of exactly balanced rows where
   * potentials alone cannot balance, because rows of equal costs are more than a code may hold.
   */
  private Codewords means(Candidate now, double tau) {
    SampleCosts costs = now.costs;
    Potentials potentials = now.fit.potentials();
    int[] codes = costs.codes(potentials);
    if (excess(codes) <= UNBALANCED * codes.length) {
      SampleCosts all = costs.rows() == sample ? costs : costs(sample, now.codewords);
      return all.means(all == costs ? codes : all.codes(potentials), maxRowNorm);
    }
    RepairPlan plan = FirstPlan.of(costs, potentials, MARGIN * fixed(tau, costs), costs.count());
    Moves moves = costs.moves(potentials, plan.withoutLimits());
    BalancedLevel level =
        new BalancedLevel(now.codewords, potentials, maxRowNorm, 0, tau, 0, options.batch());
    Repair.solve(moves, level, Capacities.of(moves.loads()), 1, ROUGH, progress)
        .override(0, codes.length, codes);
    return costs.means(codes, maxRowNorm);
  }

  private long excess(int[] codes) {
    long[] loads = new long[options.size()];
    for (int code : codes) {
      loads[code]++;
    }
    return Capacities.excess(loads);
  }

  /**
   * From zero each time: means of balanced rows need far smaller potentials than the centroids
   * before them.
   */
  private PotentialFit fit(SampleCosts costs, double sigma, double tau, int last) {
    PotentialFit fit =
        new PotentialFit(costs, Potentials.zero(costs.size(), costs.scale()), fixed(tau, costs));
    fit.anneal(sigma * costs.scale().factor(), options.iterations(), last);
    return fit;
  }

  private SampleCosts costs(Rows rows, Codewords codewords) {
    return new SampleCosts(
        rows, codewords, CostScale.of(maxRowNorm, codewords), arithmetic, progress);
  }

  private SampleCosts costs(Rows rows, BalancedLevel level) {
    return new SampleCosts(rows, level.codewords(), level.scale(), arithmetic, progress);
  }

  private static double fixed(double tau, SampleCosts costs) {
    return Math.max(1, tau * costs.scale().factor());
  }

  /** The mean squared error where each row of the sample takes its nearest codeword. */
  private double unbalancedError(SampleCosts costs, double squares) {
    return Math.max(0, squares + costs.scale().toReal(costs.leastSum()) / costs.count());
  }

  /** The mean of {@code |r|^2}, exact to the last digit of its fixed point. */
  private double meanSquare(Rows rows) {
    CostScale scale = BalancedLevel.squares(maxRowNorm);
    int dimension = rows.dimension();
    int height = 1_024;
    float[] block = new float[Math.multiplyExact(height, dimension)];
    long sum = 0;
    for (long first = 0; first < rows.count(); first += height) {
      int count = (int) Math.min(height, rows.count() - first);
      rows.read(first, count, block);
      for (int i = 0; i < count; i++) {
        sum += scale.toFixed(SquaredDistance.fromZero(block, i * dimension, dimension));
      }
    }
    return scale.toReal(sum) / rows.count();
  }
}
