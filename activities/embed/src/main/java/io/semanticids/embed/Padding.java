package io.semanticids.embed;

/**
 * To how many tokens a row is padded, by its own length alone. The engine makes code for each shape
 * and keeps it: a shape for each length costs more time than padding does, and memory that grows
 * with the number of lengths.
 */
enum Padding {
  /** By less than an eighth, and less than 16: 160 lengths up to 2,048 tokens. */
  PROCESSOR {
    @Override
    int step(int tokens) {
      return Math.min(16, Math.max(1, Integer.highestOneBit(tokens) / 8));
    }
  },

  /** A GPU would rather compute some padding than many small batches. */
  GPU {
    @Override
    int step(int tokens) {
      return 16;
    }
  };

  abstract int step(int tokens);

  static Padding on(EmbeddingDevice device) {
    return device.onProcessor() ? PROCESSOR : GPU;
  }

  /** The least multiple of the step that holds so many tokens, at least one. */
  int padded(int tokens) {
    int step = step(tokens);
    return Math.multiplyExact((tokens + step - 1) / step, step);
  }
}
