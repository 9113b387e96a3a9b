package io.semanticids.adapters;

import io.semanticids.embed.ModelSettings;
import io.semanticids.embed.TextEmbedder;

/** How a process opens the model that embeds. */
@FunctionalInterface
public interface ModelOpener {
  /**
   * Opens a model; the caller closes it.
   *
   * @param threads how many it may use
   */
  TextEmbedder open(ModelSettings model, int threads);
}
