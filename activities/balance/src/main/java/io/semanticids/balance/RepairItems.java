package io.semanticids.balance;

import java.util.Arrays;

/**
 * What a repair moves: first the atoms (many rows each, any move allowed), then single rows,
 * ascending, each with the moves that were kept of it. Knows where every item is now.
 */
final class RepairItems {
  private static final int DIGIT = 11;
  private static final int DIGIT_MASK = (1 << DIGIT) - 1;

  private final int size;
  private final Atoms atoms;
  private final int atomCount;
  private final long[] atomLoads;
  private final long[] rows;
  private final int[] origins;
  private final int[] current;
  private final int[] currentMargins;
  private final int[] first;
  private final int[] codes;
  private final int[] margins;

  /** The kept moves as the lists have them, pair by pair, the cheapest first. */
  private final int[] listStarts;

  private final int[] listItems;
  private final int[] listMargins;

  RepairItems(Moves moves) {
    this.size = moves.plan().size();
    this.atoms = moves.atoms();
    this.atomCount = atoms.size();
    this.atomLoads = new long[Math.multiplyExact(atomCount, size)];
    for (int atom = 0; atom < atomCount; atom++) {
      atomLoads[atom * size + atoms.code(atom)] = atoms.count(atom);
    }
    PairLists lists = moves.lists();
    int entries = Math.toIntExact(lists.total());
    int[] row = new int[entries];
    int[] origin = new int[entries];
    int[] code = new int[entries];
    int[] margin = new int[entries];
    this.listStarts = new int[size * size + 1];
    int at = 0;
    for (int pair = 0; pair < size * size; pair++) {
      listStarts[pair] = at;
      for (long move : lists.sorted(pair)) {
        if (PairLists.row(move) > Integer.MAX_VALUE) {
          throw new IllegalArgumentException(
              "Row %d: a level of more than 2^31 rows cannot be repaired."
                  .formatted(PairLists.row(move)));
        }
        row[at] = (int) PairLists.row(move);
        origin[at] = pair / size;
        code[at] = pair % size;
        margin[at] = PairLists.margin(move);
        at++;
      }
    }
    listStarts[size * size] = entries;
    int[] order = byRow(row);
    int singles = 0;
    for (int i = 0; i < entries; i++) {
      if (i == 0 || row[order[i]] != row[order[i - 1]]) {
        singles++;
      }
    }
    this.rows = new long[singles];
    this.origins = new int[singles];
    this.first = new int[singles + 1];
    this.codes = new int[entries];
    this.margins = new int[entries];
    this.listItems = new int[entries];
    this.listMargins = margin;
    int single = -1;
    for (int i = 0; i < entries; i++) {
      int entry = order[i];
      if (i == 0 || row[entry] != row[order[i - 1]]) {
        single++;
        rows[single] = row[entry];
        origins[single] = origin[entry];
        first[single] = i;
      }
      codes[i] = code[entry];
      margins[i] = margin[entry];
      listItems[entry] = atomCount + single;
    }
    first[singles] = entries;
    this.current = origins.clone();
    this.currentMargins = new int[singles];
  }

  /** Entries by their rows, then by themselves: a radix sort. */
  private static int[] byRow(int[] rows) {
    int[] order = new int[rows.length];
    int largest = 0;
    for (int i = 0; i < rows.length; i++) {
      order[i] = i;
      largest = Math.max(largest, rows[i]);
    }
    for (int shift = 0; shift < Integer.SIZE && largest >>> shift > 0; shift += DIGIT) {
      int[] places = new int[(1 << DIGIT) + 1];
      for (int row : rows) {
        places[((row >>> shift) & DIGIT_MASK) + 1]++;
      }
      for (int digit = 0; digit < DIGIT_MASK; digit++) {
        places[digit + 1] += places[digit];
      }
      int[] sorted = new int[rows.length];
      for (int entry : order) {
        sorted[places[(rows[entry] >>> shift) & DIGIT_MASK]++] = entry;
      }
      order = sorted;
    }
    return order;
  }

  int count() {
    return atomCount + rows.length;
  }

  int atomCount() {
    return atomCount;
  }

  /** Where the kept moves of a pair of codes begin; those of the next one follow. */
  int listStart(int pair) {
    return listStarts[pair];
  }

  /** The item of a kept move. */
  int listItem(int at) {
    return listItems[at];
  }

  /** What a kept move costs. */
  int listMargin(int at) {
    return listMargins[at];
  }

  /** How many rows of the item the code holds now. */
  long load(int item, int code) {
    return item < atomCount
        ? atomLoads[item * size + code]
        : current[item - atomCount] == code ? 1 : 0;
  }

  /** Moves rows of an item. */
  void move(int item, int from, int to, long count) {
    if (item < atomCount) {
      atomLoads[item * size + from] -= count;
      atomLoads[item * size + to] += count;
    } else {
      current[item - atomCount] = to;
      currentMargins[item - atomCount] = margin(item, to);
    }
  }

  /** How many codes the item may be at besides its first one. */
  int choices(int item) {
    return item < atomCount ? size : first[item - atomCount + 1] - first[item - atomCount];
  }

  int choice(int item, int number) {
    return item < atomCount ? number : codes[first[item - atomCount] + number];
  }

  /** What a choice costs more than the first code. */
  int choiceMargin(int item, int number) {
    return item < atomCount
        ? atoms.margins(item)[number]
        : margins[first[item - atomCount] + number];
  }

  /** The code the item had at the start. */
  int origin(int item) {
    return item < atomCount ? atoms.code(item) : origins[item - atomCount];
  }

  /** What the item's being at a code costs more than its first code. */
  int margin(int item, int code) {
    if (item < atomCount) {
      return atoms.margins(item)[code];
    }
    int single = item - atomCount;
    if (code == origins[single]) {
      return 0;
    }
    int at = Arrays.binarySearch(codes, first[single], first[single + 1], code);
    return margins[at];
  }

  /** What a single's present place costs more than its first one. */
  int currentMargin(int item, int code) {
    return item < atomCount ? atoms.margins(item)[code] : currentMargins[item - atomCount];
  }

  /** What all items cost more than at the start. */
  long extra() {
    long sum = 0;
    for (int atom = 0; atom < atomCount; atom++) {
      if (atoms.count(atom) > 0) {
        for (int k = 0; k < size; k++) {
          sum += atomLoads[atom * size + k] * atoms.margins(atom)[k];
        }
      }
    }
    for (int margin : currentMargins) {
      sum += margin;
    }
    return sum;
  }

  /** Every row that is not where it was: {@code row << 12 | code}, ascending. */
  long[] moved() {
    long count = 0;
    for (int atom = 0; atom < atomCount; atom++) {
      count += atoms.count(atom) - (atoms.count(atom) == 0 ? 0 : load(atom, atoms.code(atom)));
    }
    for (int single = 0; single < rows.length; single++) {
      count += current[single] == origins[single] ? 0 : 1;
    }
    long[] moved = new long[Math.toIntExact(count)];
    int at = 0;
    for (int atom = 0; atom < atomCount; atom++) {
      if (atoms.count(atom) > 0 && load(atom, atoms.code(atom)) < atoms.count(atom)) {
        long[] atomRows = atoms.sortedRows(atom);
        int next = (int) load(atom, atoms.code(atom));
        for (int k = 0; k < size; k++) {
          for (long left = k == atoms.code(atom) ? 0 : load(atom, k); left > 0; left--) {
            moved[at++] = (atomRows[next++] << 12) | k;
          }
        }
      }
    }
    for (int single = 0; single < rows.length; single++) {
      if (current[single] != origins[single]) {
        moved[at++] = (rows[single] << 12) | current[single];
      }
    }
    Arrays.sort(moved);
    return moved;
  }
}
