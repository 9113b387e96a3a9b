package io.semanticids.quantize;

import io.semanticids.tensor.Arithmetic;
import io.semanticids.tensor.BlockPass;
import io.semanticids.tensor.Codewords;
import io.semanticids.tensor.CostScale;
import io.semanticids.tensor.ParallelBlocks;
import io.semanticids.tensor.Progress;
import io.semanticids.tensor.Rows;
import java.util.List;
import java.util.Objects;

/**
 * Paths of least squared error by beam search: each level extends the best few prefixes instead of
 * one.
 *
 * <p>Residuals are never made. With {@code c} the codewords of a path, {@code |x - sum c|^2 - |x|^2
 * = sum_l (|c_l|^2 - 2 x.c_l) + sum_{m < l} 2 c_m.c_l}: the first terms are costs of the row
 * itself, one product a level whatever the beam; the others come from tables of {@code K_m x K_l}
 * integers. All terms are in one fixed point, so that comparisons are exact; ties go to the better
 * prefix, then to the lowest code.
 */
public final class BeamCodes {
  /** Entries of a table of two levels: 256 MB. */
  public static final long MAX_TABLE = 1L << 26;

  private static final double LIMIT = 1 << 27;

  private final List<Codewords> levels;
  private final CostScale scale;
  private final int beam;
  private final int[][][] tables;

  /**
   * Tables for a search: for each pair of levels {@code K_m x K_l} products of codewords, minutes
   * of work where levels have thousands.
   *
   * @param maxRowNorm no row is longer; the same for all rows that are to be encoded alike
   * @param beam how many prefixes are kept at each level, at least 1
   * @param threads that fill the tables
   */
  public BeamCodes(
      List<Codewords> levels, double maxRowNorm, int beam, int threads, Progress progress) {
    if (beam < 1 || !(maxRowNorm >= 0)) {
      throw new IllegalArgumentException(
          "A beam of %d for rows of norm at most %s is not possible.".formatted(beam, maxRowNorm));
    }
    this.levels = List.copyOf(levels);
    this.beam = beam;
    double norm = Math.max(Residuals.maxNorm(maxRowNorm, levels), Float.MIN_NORMAL);
    int exponent = (int) Math.floor(Math.log(LIMIT / (norm * norm)) / Math.log(2));
    this.scale = new CostScale(Math.scalb(1.0, Math.max(-100, Math.min(100, exponent))));
    this.tables = new int[levels.size()][][];
    for (int l = 0; l < tables.length; l++) {
      tables[l] = new int[l][];
      for (int m = 0; m < l; m++) {
        tables[l][m] = table(levels.get(m), levels.get(l), threads, progress);
      }
    }
  }

  private int[] table(Codewords from, Codewords to, int threads, Progress progress) {
    long entries = (long) from.size() * to.size();
    if (entries > MAX_TABLE) {
      throw new IllegalArgumentException(
          "Levels of %d and %d codes are too large for beam search: %d x %d may be at most %d. Use beam 1."
              .formatted(from.size(), to.size(), from.size(), to.size(), MAX_TABLE));
    }
    int[] table = new int[(int) entries];
    return ParallelBlocks.run(
        threads,
        from.size(),
        1,
        blocks -> {
          blocks.forEach(
              (code, one) -> {
                row(from, (int) code, to, table);
                progress.advanced(0);
              });
          return table;
        },
        (one, other) -> one);
  }

  private void row(Codewords from, int j, Codewords to, int[] table) {
    int dimension = from.dimension();
    for (int k = 0; k < to.size(); k++) {
      double product = 0;
      for (int i = 0; i < dimension; i++) {
        product += (double) from.values()[j * dimension + i] * to.values()[k * dimension + i];
      }
      table[j * to.size() + k] = (int) scale.toFixed(2 * product);
    }
  }

  /**
   * Encodes the rows {@code [first, first + count)} in one pass.
   *
   * @param codes gets the codes: {@code level x row}, row {@code first} at index 0
   */
  public void encode(
      Rows rows, long first, int count, Arithmetic math, int[][] codes, Progress progress) {
    Objects.checkFromIndexSize(first, count, rows.count());
    int largest = levels.stream().mapToInt(Codewords::size).max().orElse(1);
    int height = BlockPass.height(largest);
    int most = Math.min(height, Math.max(1, count));
    ParallelBlocks.run(
        math.threads(),
        count,
        height,
        blocks -> {
          float[] block = new float[Math.multiplyExact(most, rows.dimension())];
          int[][] costs = new int[levels.size()][];
          for (int l = 0; l < costs.length; l++) {
            costs[l] = new int[Math.multiplyExact(most, levels.get(l).size())];
          }
          int[] least = new int[most];
          Search search = new Search(largest);
          List<CostScale> scales = levels.stream().map(level -> scale).toList();
          try (LevelKernels kernels = LevelKernels.open(math, levels, scales, height)) {
            blocks.forEach(
                (start, length) -> {
                  rows.read(first + start, length, block);
                  for (int l = 0; l < costs.length; l++) {
                    kernels.get(l).costs(block, length, costs[l], least);
                  }
                  for (int i = 0; i < length; i++) {
                    search.path(costs, i, codes, (int) start + i);
                  }
                  progress.advanced(length);
                });
          }
          return codes;
        },
        (one, other) -> one);
  }

  /** The search of one row at a time. Owned by one thread. */
  private final class Search {
    private final int[] totals;
    private final int[] sums = new int[beam];
    private final int[] parents = new int[beam];
    private final int[] picked = new int[beam];
    private int[] bases = new int[beam];
    private int[][] paths = new int[beam][levels.size()];
    private int[][] extended = new int[beam][levels.size()];

    Search(int largest) {
      this.totals = new int[largest];
    }

    /** Writes the path of row {@code row} of the block to {@code codes[..][to]}. */
    void path(int[][] costs, int row, int[][] codes, int to) {
      int kept = 1;
      bases[0] = 0;
      for (int l = 0; l < costs.length; l++) {
        int size = levels.get(l).size();
        int found = 0;
        for (int b = 0; b < kept; b++) {
          total(costs[l], row * size, size, l, paths[b], bases[b]);
          found = keep(size, b, found);
        }
        for (int b = 0; b < found; b++) {
          System.arraycopy(paths[parents[b]], 0, extended[b], 0, l);
          extended[b][l] = picked[b];
        }
        int[][] other = paths;
        paths = extended;
        extended = other;
        System.arraycopy(sums, 0, bases, 0, found);
        kept = found;
      }
      for (int l = 0; l < costs.length; l++) {
        codes[l][to] = paths[0][l];
      }
    }

    /** What each code of the level makes the prefix's error. */
    private void total(int[] costs, int from, int size, int level, int[] path, int base) {
      for (int k = 0; k < size; k++) {
        totals[k] = base + costs[from + k];
      }
      for (int m = 0; m < level; m++) {
        int[] table = tables[level][m];
        int at = path[m] * size;
        for (int k = 0; k < size; k++) {
          totals[k] += table[at + k];
        }
      }
    }

    /** Keeps the best of what was found before and this prefix's codes, in ascending order. */
    private int keep(int size, int prefix, int before) {
      int found = before;
      int worst = found < beam ? Integer.MAX_VALUE : sums[beam - 1];
      for (int k = 0; k < size; k++) {
        int total = totals[k];
        if (total < worst || found < beam) {
          int at = found < beam ? found++ : beam - 1;
          while (at > 0 && sums[at - 1] > total) {
            sums[at] = sums[at - 1];
            parents[at] = parents[at - 1];
            picked[at] = picked[at - 1];
            at--;
          }
          sums[at] = total;
          parents[at] = prefix;
          picked[at] = k;
          worst = found < beam ? Integer.MAX_VALUE : sums[beam - 1];
        }
      }
      return found;
    }
  }

  /** The codes of rows held in memory: {@code level x row}. */
  public int[][] encode(Rows rows, Arithmetic math) {
    int[][] codes = new int[levels.size()][Math.toIntExact(rows.count())];
    encode(rows, 0, codes[0].length, math, codes, Progress.NONE);
    return codes;
  }
}
