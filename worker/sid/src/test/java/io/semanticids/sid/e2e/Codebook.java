package io.semanticids.sid.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A published codebook as codebook.json and its {@code .npy} files say it. */
record Codebook(List<Level> levels) {
  /**
   * Costs this close to the least are as good: the program computes them in float32 and rounds them
   * to integers.
   */
  private static final double ROUNDING = 2e-6;

  /**
   * One level.
   *
   * @param centroids {@code K x d}
   * @param potentials {@code prefixes x K} in units of squared distance; null where unbalanced
   */
  record Level(Matrix centroids, @Nullable Matrix potentials) {}

  /**
   * What an assignment costs at one level.
   *
   * @param cost sum of squared distances
   * @param dual sum of {@code min_k (D_ik - g_k) + g_a(i)}: no assignment of these loads costs less
   * @param worse items for which another code is better, under the potentials and beyond rounding
   */
  record Costs(double cost, double dual, long worse) {}

  static Codebook of(Published run, String folder) {
    JsonNode json = run.json(folder + "/codebook.json");
    List<Level> levels = new ArrayList<>();
    for (JsonNode level : json.path("levels")) {
      Matrix centroids =
          Matrix.read(run.folder().resolve(folder).resolve(level.path("centroids").asText()));
      Matrix potentials = null;
      if (level.hasNonNull("potentials")) {
        Matrix fixed =
            Matrix.read(run.folder().resolve(folder).resolve(level.path("potentials").asText()));
        double unit = level.path("costFactor").asDouble();
        double[] values = new double[fixed.values().length];
        for (int i = 0; i < values.length; i++) {
          values[i] = fixed.values()[i] / unit;
        }
        potentials = new Matrix(values.length / centroids.rows(), centroids.rows(), values);
      }
      levels.add(new Level(centroids, potentials));
    }
    return new Codebook(levels);
  }

  /** The codes of vectors under this codebook's rule: level by level the least {@code D - g}. */
  List<List<Integer>> encode(Matrix vectors) {
    List<List<Integer>> paths = new ArrayList<>();
    for (int row = 0; row < vectors.rows(); row++) {
      List<Integer> path = new ArrayList<>();
      float[] residual = row(vectors, row);
      for (Level level : levels) {
        double[] reduced = reduced(level, residual, prefix(level, path));
        int best = 0;
        for (int k = 1; k < reduced.length; k++) {
          best = reduced[k] < reduced[best] ? k : best;
        }
        subtract(residual, level.centroids(), best);
        path.add(best);
      }
      paths.add(path);
    }
    return paths;
  }

  /** What these paths cost at a level, from 1. */
  Costs costs(Matrix vectors, List<List<Integer>> paths, int level) {
    double cost = 0;
    double dual = 0;
    long worse = 0;
    Level at = levels.get(level - 1);
    for (int row = 0; row < vectors.rows(); row++) {
      List<Integer> path = paths.get(row);
      float[] residual = row(vectors, row);
      for (int above = 0; above < level - 1; above++) {
        subtract(residual, levels.get(above).centroids(), path.get(above));
      }
      int prefix = prefix(at, path.subList(0, level - 1));
      double[] reduced = reduced(at, residual, prefix);
      int code = path.get(level - 1);
      double potential = at.potentials() == null ? 0 : at.potentials().at(prefix, code);
      double least = Double.POSITIVE_INFINITY;
      for (double value : reduced) {
        least = Math.min(least, value);
      }
      cost += reduced[code] + potential;
      dual += least + potential;
      worse += reduced[code] > least + ROUNDING ? 1 : 0;
    }
    return new Costs(cost, dual, worse);
  }

  private static int prefix(Level level, List<Integer> path, List<Level> all) {
    if (level.potentials() == null || level.potentials().rows() == 1) {
      return 0;
    }
    int prefix = 0;
    for (int i = 0; i < path.size(); i++) {
      prefix = prefix * all.get(i).centroids().rows() + path.get(i);
    }
    return prefix;
  }

  private int prefix(Level level, List<Integer> path) {
    return prefix(level, path, levels);
  }

  /** Squared distances less the potentials, of one residual to all codes. */
  private static double[] reduced(Level level, float[] residual, int prefix) {
    Matrix centroids = level.centroids();
    double[] reduced = new double[centroids.rows()];
    for (int k = 0; k < reduced.length; k++) {
      double sum = 0;
      for (int j = 0; j < residual.length; j++) {
        double difference = residual[j] - centroids.at(k, j);
        sum += difference * difference;
      }
      reduced[k] = sum - (level.potentials() == null ? 0 : level.potentials().at(prefix, k));
    }
    return reduced;
  }

  private static float[] row(Matrix vectors, int row) {
    float[] values = new float[vectors.columns()];
    for (int j = 0; j < values.length; j++) {
      values[j] = (float) vectors.at(row, j);
    }
    return values;
  }

  private static void subtract(float[] residual, Matrix centroids, int code) {
    for (int j = 0; j < residual.length; j++) {
      residual[j] -= (float) centroids.at(code, j);
    }
  }
}
