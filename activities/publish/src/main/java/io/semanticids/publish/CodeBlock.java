package io.semanticids.publish;

import java.util.List;

/**
 * Consecutive items with their codes.
 *
 * @param ids one an item
 * @param split {@code train} or {@code test}, the same for all of the block
 * @param codes {@code L x n}: {@code codes[level][item]}; not copied
 */
public record CodeBlock(List<String> ids, String split, int[][] codes) {
  public CodeBlock {
    ids = List.copyOf(ids);
    for (int[] level : codes) {
      if (level.length != ids.size()) {
        throw new IllegalArgumentException(
            "%d codes were given for %d items.".formatted(level.length, ids.size()));
      }
    }
  }

  /** The number of items. */
  public int items() {
    return ids.size();
  }

  /** The codes of one item, in a fresh array. */
  public int[] path(int item) {
    int[] path = new int[codes.length];
    for (int level = 0; level < path.length; level++) {
      path[level] = codes[level][item];
    }
    return path;
  }
}
