package io.semanticids.sid;

import io.semanticids.embed.TextEmbedder;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Texts and tokens a second of a model, from the moment this is made. Safe for many threads. */
final class Throughput {
  private final TextEmbedder embedder;
  private final long tokensBefore;
  private final long begun = System.nanoTime();
  private final LongAdder texts = new LongAdder();

  Throughput(TextEmbedder embedder) {
    this.embedder = embedder;
    this.tokensBefore = embedder.tokens();
  }

  void embedded(int count) {
    texts.add(count);
  }

  /** Texts so far. */
  long texts() {
    return texts.sum();
  }

  /** For example {@code 1,190 tokens/s}. */
  String tokensPerSecond() {
    return ProgressLines.rate(tokens() / seconds()) + " tokens/s";
  }

  /** For example {@code 3,444 texts (490,382 tokens) in 412.0 s: 8.4 texts/s, 1,190 tokens/s}. */
  String summary() {
    double seconds = seconds();
    return String.format(
        Locale.ROOT,
        "%,d texts (%,d tokens) in %.1f s: %s texts/s, %s",
        texts(),
        tokens(),
        seconds,
        ProgressLines.rate(texts() / seconds),
        tokensPerSecond());
  }

  private long tokens() {
    return embedder.tokens() - tokensBefore;
  }

  private double seconds() {
    return Math.max(1, System.nanoTime() - begun) / 1e9;
  }
}
