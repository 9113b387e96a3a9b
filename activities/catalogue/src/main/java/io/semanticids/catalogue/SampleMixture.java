package io.semanticids.catalogue;

import java.util.Arrays;

/** The mixture that sample vectors are drawn from. Thread-safe. */
final class SampleMixture {
  private static final int CLUSTERS = 300;
  private static final int SUBCLUSTERS = 30;
  private static final double CLUSTER_EXPONENT = 1;
  private static final double SUBCLUSTER_EXPONENT = 0.8;
  private static final float SUBCLUSTER_SPREAD = 0.6f;
  private static final float NOISE = 0.45f;
  private static final double COPIES = 0.03;

  /** Streams of randomness: what is drawn with one is independent of the others. */
  private static final int CENTRES = 1;

  private static final int CHOICES = 2;
  private static final int VALUES = 3;

  private final int dimension;
  private final float[] centres;
  private final double[] clusters = zipf(CLUSTERS, CLUSTER_EXPONENT);
  private final double[] subclusters = zipf(SUBCLUSTERS, SUBCLUSTER_EXPONENT);
  private final long choices;
  private final long values;

  SampleMixture(int dimension, long seed) {
    this.dimension = dimension;
    this.choices = RowHash.stream(seed, CHOICES);
    this.values = RowHash.stream(seed, VALUES);
    this.centres = centres(dimension, RowHash.stream(seed, CENTRES));
  }

  int dimension() {
    return dimension;
  }

  /** The row of which this one is a copy among {@code rows}: most often itself. */
  long source(long row, long rows) {
    long seed = RowHash.bits(choices, row);
    if (RowHash.uniform(RowHash.bits(seed, 1)) >= COPIES) {
      return row;
    }
    // A Pareto variable of exponent 1: few rows, the first ones, have very many copies.
    double pareto = 1 / (1 - RowHash.uniform(RowHash.bits(seed, 2))) - 1;
    return (long) (pareto * 50) % rows;
  }

  /** Computes a row that is no copy: {@code dimension} values of unit norm. */
  void row(long row, float[] target) {
    long seed = RowHash.bits(choices, row);
    int cluster = pick(clusters, RowHash.uniform(RowHash.bits(seed, 3)));
    int subcluster = pick(subclusters, RowHash.uniform(RowHash.bits(seed, 4)));
    float noise = NOISE * (0.6f + 0.8f * (float) RowHash.uniform(RowHash.bits(seed, 5)));
    long noiseSeed = RowHash.bits(values, row);
    int centre = (cluster * SUBCLUSTERS + subcluster) * dimension;
    for (int i = 0; i < dimension; i++) {
      target[i] = centres[centre + i] + noise * RowHash.normal(RowHash.bits(noiseSeed, i));
    }
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += (double) target[i] * target[i];
    }
    float scale = (float) (1 / Math.sqrt(Math.max(sum, 1e-12)));
    for (int i = 0; i < dimension; i++) {
      target[i] *= scale;
    }
  }

  /** Centres of all subclusters: {@code CLUSTERS * SUBCLUSTERS x dimension}, row-major. */
  private static float[] centres(int dimension, long seed) {
    float[] centres = new float[Math.multiplyExact(CLUSTERS * SUBCLUSTERS, dimension)];
    for (int cluster = 0; cluster < CLUSTERS; cluster++) {
      long top = RowHash.bits(seed, cluster);
      for (int subcluster = 0; subcluster < SUBCLUSTERS; subcluster++) {
        long sub = RowHash.bits(top, subcluster + 1L);
        int at = (cluster * SUBCLUSTERS + subcluster) * dimension;
        for (int i = 0; i < dimension; i++) {
          centres[at + i] =
              RowHash.normal(RowHash.bits(top ^ 1, i))
                  + SUBCLUSTER_SPREAD * RowHash.normal(RowHash.bits(sub, i));
        }
      }
    }
    return centres;
  }

  /**
   * Upper ends of the shares of {@code n} parts in [0, 1]: part i has weight {@code (i +
   * 1)^-exponent}.
   */
  static double[] zipf(int n, double exponent) {
    double[] ends = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += StrictMath.pow(i + 1, -exponent);
      ends[i] = sum;
    }
    for (int i = 0; i < n; i++) {
      ends[i] /= sum;
    }
    return ends;
  }

  /** The part in which a uniform value lies. */
  static int pick(double[] ends, double uniform) {
    int at = Arrays.binarySearch(ends, uniform);
    return Math.min(ends.length - 1, at >= 0 ? at + 1 : -at - 1);
  }
}
