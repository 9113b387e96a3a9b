package io.semanticids.sid;

import io.semanticids.catalogue.ItemShard;
import io.semanticids.publish.CodeBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Items with their codes, in row order, held in memory: about a hundred bytes an item. */
final class EncodedItems {
  private final ItemEncoder encoder;
  private final List<CodeBlock> blocks = new ArrayList<>();

  /** Codes of each distinct vector: {@code L x vectors}; longer arrays than that. */
  private int[][] codes;

  private int vectors;

  EncodedItems(ItemEncoder encoder, int levels) {
    this.encoder = encoder;
    this.codes = new int[levels][1024];
  }

  /**
   * Encodes new vectors and looks the others up.
   *
   * @param fresh {@code count x d}, row-major; used up
   */
  void add(ItemShard shard, float[] fresh, int count) {
    int[][] found = encoder.encode(fresh, count);
    int end = Math.addExact(vectors, count);
    int[][] block = new int[codes.length][shard.rows()];
    for (int l = 0; l < codes.length; l++) {
      if (codes[l].length < end) {
        codes[l] = Arrays.copyOf(codes[l], Math.max(end, 2 * codes[l].length));
      }
      System.arraycopy(found[l], 0, codes[l], vectors, count);
      for (int i = 0; i < block[l].length; i++) {
        block[l][i] = codes[l][Math.toIntExact(shard.vectors()[i])];
      }
    }
    vectors = end;
    blocks.add(new CodeBlock(Arrays.asList(shard.ids()), "new", block));
  }

  Iterator<CodeBlock> blocks() {
    return blocks.iterator();
  }
}
