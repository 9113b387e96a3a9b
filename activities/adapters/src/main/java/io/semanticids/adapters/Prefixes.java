package io.semanticids.adapters;

import io.semanticids.tensor.Codewords;
import java.util.List;

/** Prefixes (the codes of the levels before one) as numbers: {@code (c_1 K_2 + c_2) K_3 + ...}. */
final class Prefixes {
  private static final long MAX = 1L << 30;

  private final int[] sizes;
  private final int count;

  private Prefixes(int[] sizes, int count) {
    this.sizes = sizes;
    this.count = count;
  }

  static Prefixes of(List<Codewords> previous) {
    int[] sizes = previous.stream().mapToInt(Codewords::size).toArray();
    long count = 1;
    for (int size : sizes) {
      count *= size;
      if (count > MAX) {
        throw new IllegalArgumentException(
            "Balancing inside prefixes would need more than %d prefixes; use scope 'level' or smaller sizes."
                .formatted(MAX));
      }
    }
    return new Prefixes(sizes, (int) count);
  }

  int count() {
    return count;
  }

  /** The codes that a prefix consists of. */
  int[] codes(int prefix) {
    int[] codes = new int[sizes.length];
    int rest = prefix;
    for (int l = sizes.length - 1; l >= 0; l--) {
      codes[l] = rest % sizes[l];
      rest /= sizes[l];
    }
    return codes;
  }

  /** The prefix numbers of rows {@code [first, first + rows)}. */
  int[] read(StoredCodes codes, long first, int rows) {
    int[] numbers = new int[rows];
    int[] level = new int[rows];
    for (int l = 0; l < sizes.length; l++) {
      codes.read(first, rows, l, level);
      for (int i = 0; i < rows; i++) {
        numbers[i] = numbers[i] * sizes[l] + level[i];
      }
    }
    return numbers;
  }
}
