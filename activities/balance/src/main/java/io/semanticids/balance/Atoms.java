package io.semanticids.balance;

import java.io.IOException;
import java.util.Arrays;

/**
 * The plan's atoms as a pass met them: where they are, what every move costs them, and their rows.
 */
final class Atoms {
  private static final int[] UNSEEN = {};
  private static final long[] EMPTY = {};

  private final int size;
  private final int[] codes;
  private final int[][] margins;
  private final long[][] rows;
  private final int[] counts;

  Atoms(int count, int size) {
    this.size = size;
    this.codes = new int[count];
    this.margins = new int[count][];
    this.rows = new long[count][];
    this.counts = new int[count];
    Arrays.fill(margins, UNSEEN);
    Arrays.fill(rows, EMPTY);
  }

  /** Adds a row whose scores begin at {@code scores[from]}. */
  void add(int atom, long row, int best, int[] scores, int from) {
    if (margins[atom].length == 0) {
      int[] own = new int[size];
      for (int k = 0; k < own.length; k++) {
        own[k] = scores[from + k] - scores[from + best];
      }
      margins[atom] = own;
      codes[atom] = best;
    }
    add(atom, row);
  }

  private void add(int atom, long row) {
    if (counts[atom] == rows[atom].length) {
      rows[atom] = Arrays.copyOf(rows[atom], Math.max(4, 2 * counts[atom]));
    }
    rows[atom][counts[atom]++] = row;
  }

  void merge(Atoms other) {
    for (int atom = 0; atom < counts.length; atom++) {
      if (other.counts[atom] > 0) {
        margins[atom] = other.margins[atom];
        codes[atom] = other.codes[atom];
        for (int i = 0; i < other.counts[atom]; i++) {
          add(atom, other.rows[atom][i]);
        }
      }
    }
  }

  int size() {
    return counts.length;
  }

  /** How many rows the atom has; 0 where the pass met none. */
  int count(int atom) {
    return counts[atom];
  }

  /** The code that all its rows take at the start. */
  int code(int atom) {
    return codes[atom];
  }

  /** What moving one row to each code costs. */
  int[] margins(int atom) {
    return margins[atom];
  }

  /** The atom's rows, ascending, as a copy. */
  long[] sortedRows(int atom) {
    long[] sorted = Arrays.copyOf(rows[atom], counts[atom]);
    Arrays.sort(sorted);
    return sorted;
  }

  void write(Packed.Writer out) throws IOException {
    for (int atom = 0; atom < counts.length; atom++) {
      out.write(counts[atom]);
      if (counts[atom] > 0) {
        out.write(codes[atom]);
        for (int margin : margins[atom]) {
          out.write(margin);
        }
        long last = 0;
        for (long row : sortedRows(atom)) {
          out.write(row - last);
          last = row;
        }
      }
    }
  }

  static Atoms read(Packed.Reader in, int count, int size) throws IOException {
    Atoms read = new Atoms(count, size);
    for (int atom = 0; atom < count; atom++) {
      int rows = in.readInt();
      if (rows > 0) {
        read.codes[atom] = in.readInt();
        int[] margins = new int[size];
        for (int k = 0; k < size; k++) {
          margins[k] = in.readInt();
        }
        read.margins[atom] = margins;
        long row = 0;
        for (int i = 0; i < rows; i++) {
          row += in.read();
          read.add(atom, row);
        }
      }
    }
    return read;
  }
}
