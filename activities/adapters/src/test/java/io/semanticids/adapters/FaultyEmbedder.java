package io.semanticids.adapters;

import io.semanticids.embed.ModelIdentity;
import io.semanticids.embed.TextEmbedder;
import java.util.List;
import java.util.function.IntConsumer;

/** A real model, and something that happens each time before it embeds. */
final class FaultyEmbedder implements TextEmbedder {
  private final TextEmbedder model;
  private final Runnable before;
  private int calls;
  private long halvings;

  FaultyEmbedder(TextEmbedder model, Runnable before) {
    this.model = model;
    this.before = before;
  }

  int calls() {
    return calls;
  }

  /** As if the device's memory had not held a batch. */
  void halve() {
    halvings++;
  }

  @Override
  public void embedWindows(List<List<String>> windows, float[] target, IntConsumer embedded) {
    calls++;
    before.run();
    model.embedWindows(windows, target, embedded);
  }

  @Override
  public long halvings() {
    return halvings;
  }

  @Override
  public int mostTokens() {
    return halvings == 0 ? Integer.MAX_VALUE : 256;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public int dimensions() {
    return model.dimensions();
  }

  @Override
  public ModelIdentity identity() {
    return model.identity();
  }

  @Override
  public long tokens() {
    return model.tokens();
  }

  @Override
  public void close() {
    model.close();
  }
}
