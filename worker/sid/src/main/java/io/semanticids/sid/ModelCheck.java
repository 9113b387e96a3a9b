package io.semanticids.sid;

import io.semanticids.embed.Gate;
import io.semanticids.embed.GateResult;
import io.semanticids.embed.ModelIdentity;
import io.semanticids.embed.TextEmbedder;
import java.util.List;
import java.util.Locale;

/** What a few texts tell of a model: {@code sid embed --check}. */
final class ModelCheck {
  /** Of all lengths; each is embedded twice. */
  private static final int TEXTS = 16;

  private ModelCheck() {}

  /**
   * Lets a model through the gate and says what was seen.
   *
   * @throws io.semanticids.embed.GateException when its vectors depend on their company
   */
  static String of(TextEmbedder embedder, InputVectors vectors) {
    List<String> texts = vectors.sample(TEXTS);
    // The first batch maps the weights.
    embedder.embed(texts.subList(0, Math.min(1, texts.size())), new float[embedder.dimensions()]);
    Throughput throughput = new Throughput(embedder);
    GateResult gate = Gate.check(embedder, texts);
    throughput.embedded(2 * gate.texts());
    ModelIdentity model = embedder.identity();
    return String.format(
        Locale.ROOT,
        """
        model   %s: %,d dimensions, %s pooling, %s, texts cut to %,d tokens
        gate    passed: worst cosine %.7f of %d texts alone against in company (at least %.4f)
        speed   %s
        memory  %s""",
        model.model(),
        model.dimensions(),
        model.pooling(),
        model.precision(),
        model.maxTokens(),
        gate.minCosine(),
        gate.texts(),
        gate.threshold(),
        throughput.summary(),
        ProcessMemory.now().text());
  }
}
