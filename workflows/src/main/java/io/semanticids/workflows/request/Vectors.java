package io.semanticids.workflows.request;

import java.util.Locale;

/**
 * Whether a dataset is vectors, as far as its name tells: an embedding column shows only inside.
 */
final class Vectors {
  private Vectors() {}

  static boolean given(String dataset) {
    return dataset.toLowerCase(Locale.ROOT).endsWith(".npy");
  }
}
