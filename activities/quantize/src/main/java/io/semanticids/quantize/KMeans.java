package io.semanticids.quantize;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostKernel;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.Arrays;

/**
 * Minimises {@code sum_i |r_i - c_k(i)|^2} over K codewords: seeding by k-means++ on a few rows of
 * the sample, rounds with swaps on a part of it, then Lloyd rounds on all of it.
 *
 * <p>The result is a function of the sample, the settings, the largest norm and the device class.
 */
public final class KMeans {
  /** Rows for the rounds with swaps. */
  private static final int PART_ROWS = 16_384;

  private static final int PART_ROWS_A_CODEWORD = 32;

  /** Values of float32: 256 MB. */
  private static final int PART_VALUES = 1 << 26;

  /** Rows for the seeding. */
  private static final int SEED_ROWS = 4_096;

  private static final int SEED_ROWS_A_CODEWORD = 16;

  private static final int MAX_TRIALS = 16;

  /** As swaps mend what seeds lack, more candidates are of use for few codewords only. */
  private static final int ENOUGH_TRIALS = 4;

  private static final int USEFUL_TRIALS_TIMES_SIZE = 1_024;

  /** More, and the seeding would take as long as the rounds. */
  private static final int TRIALS_TIMES_SIZE = 4_096;

  private static final int SWAP_ROUNDS = 8;

  /** Rows a thread takes at a time: a pass over a part should keep all of them busy. */
  private static final int HEIGHT = 1_024;

  private final Rows sample;
  private final double maxRowNorm;
  private final KMeansSettings settings;
  private final Arithmetic math;
  private final Progress progress;

  private KMeans(
      Rows sample, double maxRowNorm, KMeansSettings settings, Arithmetic math, Progress progress) {
    this.sample = sample;
    this.maxRowNorm = maxRowNorm;
    this.settings = settings;
    this.math = math;
    this.progress = progress;
  }

  /**
   * Fits one level. Progress counts the rows of each step of the seeding and of each round.
   *
   * @param sample at least one row; read once a round, so it had better lie in memory ({@link
   *     GatheredRows#copy})
   * @param maxRowNorm the largest norm of a row, or more ({@link Residuals#maxNorm})
   */
  public static LevelFit fit(
      Rows sample, double maxRowNorm, KMeansSettings settings, Arithmetic math, Progress progress) {
    if (sample.count() == 0) {
      throw new IllegalArgumentException("A level cannot be fitted on no rows.");
    }
    KMeans fit = new KMeans(sample, maxRowNorm, settings, math, progress);
    int parts = fit.parts();
    Rows part =
        parts == 1 ? sample : GatheredRows.copy(new EveryNth(sample, 0, parts), math, progress);
    return fit.refine(fit.start(part), parts);
  }

  /** Lloyd rounds from given codewords. */
  public static LevelFit refine(
      Codewords start,
      Rows sample,
      double maxRowNorm,
      KMeansSettings settings,
      Arithmetic math,
      Progress progress) {
    return new KMeans(sample, maxRowNorm, settings, math, progress).refine(start, 1);
  }

  /** About how many rows of the sample the rounds with swaps hold a second time. */
  public static long partRows(int codewords) {
    return Math.max(PART_ROWS, (long) PART_ROWS_A_CODEWORD * codewords);
  }

  private Codewords start(Rows part) {
    int size = settings.size();
    long wanted = Math.max(SEED_ROWS, (long) SEED_ROWS_A_CODEWORD * size);
    Rows few = new EveryNth(part, 0, (int) Math.max(1, part.count() / wanted));
    Codewords seeds =
        Seeding.of(few, maxRowNorm, size, trials(size), settings.seed(), math, progress);
    return Swaps.improve(seeds, part, maxRowNorm, SWAP_ROUNDS, settings.seed(), math, progress);
  }

  /** Candidates that each codeword of the seeds is chosen from. */
  private static int trials(int size) {
    int useful = Math.max(ENOUGH_TRIALS, USEFUL_TRIALS_TIMES_SIZE / size);
    return Math.max(1, Math.min(MAX_TRIALS, Math.min(useful, TRIALS_TIMES_SIZE / size)));
  }

  /** Into how many parts the sample is cut, each with a row a codeword or more. */
  private int parts() {
    long wanted = partRows(settings.size());
    long values = sample.count() * sample.dimension();
    long parts = Math.max(sample.count() / wanted, (values + PART_VALUES - 1) / PART_VALUES);
    return (int) Math.max(1, Math.min(parts, sample.count() / settings.size()));
  }

  /**
   * Lloyd rounds from given codewords, with new means after each of {@code parts} parts of a round:
   * means of all rows that have a code by then, each of its last one.
   */
  private LevelFit refine(Codewords start, int parts) {
    int size = settings.size();
    int[] codes = new int[Math.toIntExact(sample.count())];
    Arrays.fill(codes, Assignment.NONE);
    float[] errors = new float[codes.length];
    ExactSums sums = new ExactSums(size, sample.dimension(), maxRowNorm);
    Codewords codewords = start;
    double before = 0;
    long refilled = 0;
    for (int round = 0; ; round++) {
      double error = 0;
      int empty = 0;
      Codewords measured = codewords;
      for (int p = 0; p < parts; p++) {
        EveryNth part = new EveryNth(sample, p, parts);
        measured = codewords;
        Assignment assignment = assign(codewords, part, codes, errors);
        error += assignment.meanSquaredError() * part.count() / sample.count();
        sums.merge(assignment.sums());
        EmptyClusters clusters = EmptyClusters.of(sums, size);
        codewords = clusters.refill(sums.means(codewords), sample, errors);
        empty += clusters.refilled();
      }
      boolean done = round > 0 && before - error <= settings.tolerance() * before && empty == 0;
      if (round == settings.maxRounds() || done || error == 0) {
        return new LevelFit(measured, error, codes, round, refilled);
      }
      refilled += empty;
      before = error;
    }
  }

  private Assignment assign(Codewords codewords, EveryNth part, int[] codes, float[] errors) {
    int size = codewords.size();
    int dimension = codewords.dimension();
    return BlockPass.run(
        math,
        part,
        0,
        part.count(),
        codewords,
        CostScale.of(maxRowNorm, codewords),
        HEIGHT,
        () -> new Assignment(size, dimension, maxRowNorm),
        (assignment, first, count, rows, costs, least) -> {
          for (int i = 0; i < count; i++) {
            int row = (int) part.number(first + i);
            int code = CostKernel.nearest(costs, i * size, least[i]);
            errors[row] = assignment.add(codes[row], code, codewords, rows, i * dimension);
            codes[row] = code;
          }
        },
        Assignment::merge,
        progress);
  }
}
