package io.semanticids.quantize;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;

/**
 * Minimises {@code sum_i |r_i - c_k(i)|^2} over K codewords: seeding by k-means++ and Lloyd rounds
 * on a part of the sample, then the last rounds on all of it.
 *
 * <p>The result is a function of the sample, the settings, the largest norm and the device class.
 */
public final class KMeans {
  /** Rows that are enough for seeding and the way to a first optimum; the last rounds see all. */
  private static final int SEED_ROWS = 16_384;

  private static final int SEED_ROWS_A_CODEWORD = 32;

  /** Values of float32: 256 MB. */
  private static final int SEED_VALUES = 1 << 26;

  /**
   * Candidates for each codeword: 16 where K is at most 256 (4 % less error after the rounds than
   * one candidate), fewer for larger K, where the seeding would take as long as the rounds.
   */
  private static final int MAX_TRIALS = 16;

  private static final int TRIALS_TIMES_SIZE = 4_096;

  private KMeans() {}

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
    int size = settings.size();
    Rows part = part(sample, settings);
    int trials = Math.max(1, Math.min(MAX_TRIALS, TRIALS_TIMES_SIZE / size));
    Codewords start = Seeding.of(part, maxRowNorm, size, trials, settings.seed(), math, progress);
    if (part.count() < sample.count()) {
      start = refine(start, part, maxRowNorm, settings, math, progress).codewords();
    }
    return refine(start, sample, maxRowNorm, settings, math, progress);
  }

  private static Rows part(Rows sample, KMeansSettings settings) {
    long wanted = Math.max(SEED_ROWS, (long) SEED_ROWS_A_CODEWORD * settings.size());
    long most = Math.max(settings.size(), Math.min(wanted, SEED_VALUES / sample.dimension()));
    if (most >= sample.count()) {
      return sample;
    }
    return GatheredRows.copy(
        new GatheredRows(sample, SampleRows.of(sample.count(), most, settings.seed())));
  }

  /** Lloyd rounds from given codewords. */
  public static LevelFit refine(
      Codewords start,
      Rows sample,
      double maxRowNorm,
      KMeansSettings settings,
      Arithmetic math,
      Progress progress) {
    float[] errors = new float[Math.toIntExact(sample.count())];
    Codewords codewords = start;
    double before = 0;
    long refilled = 0;
    for (int round = 0; ; round++) {
      Assignment assignment = assign(codewords, sample, maxRowNorm, errors, math, progress);
      double error = assignment.meanSquaredError();
      EmptyClusters empty = EmptyClusters.of(assignment.sums(), settings.size());
      Codewords filled = empty.refill(assignment.sums().means(codewords), sample, errors);
      boolean done =
          round > 0 && before - error <= settings.tolerance() * before && empty.refilled() == 0;
      if (round == settings.maxRounds() || done || error == 0) {
        return new LevelFit(codewords, error, round, refilled);
      }
      refilled += empty.refilled();
      codewords = filled;
      before = error;
    }
  }

  private static Assignment assign(
      Codewords codewords,
      Rows sample,
      double maxRowNorm,
      float[] errors,
      Arithmetic math,
      Progress progress) {
    int size = codewords.size();
    int dimension = codewords.dimension();
    return BlockPass.run(
        math,
        sample,
        0,
        sample.count(),
        codewords,
        CostScale.of(maxRowNorm, codewords),
        BlockPass.height(size),
        () -> new Assignment(size, dimension, maxRowNorm),
        (assignment, first, count, rows, costs) -> {
          for (int i = 0; i < count; i++) {
            int code = NearestCodes.nearest(costs, i * size, size);
            errors[(int) first + i] = assignment.add(code, codewords, rows, i * dimension);
          }
        },
        Assignment::merge,
        progress);
  }
}
