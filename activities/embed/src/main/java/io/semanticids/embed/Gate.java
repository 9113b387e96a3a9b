package io.semanticids.embed;

import java.util.ArrayList;
import java.util.List;

/**
 * Refuses a model whose vectors depend on which texts are embedded together.
 *
 * <p>A sample of texts is embedded one by one and then at once; a text's two vectors must have a
 * cosine of at least 0.9999 (0.999 when the model computes in bfloat16, which has 8 significant
 * bits). Padding that leaks, a mask that is ignored or pooling at the wrong token shows here,
 * before a catalogue's worth of work is built on it.
 */
public final class Gate {
  /** As many texts as are compared: seconds of work, and all lengths of a catalogue. */
  public static final int MOST_TEXTS = 64;

  private Gate() {}

  /**
   * Compares.
   *
   * @param sample texts of the catalogue; if there are more than {@link #MOST_TEXTS}, that many of
   *     them, {@link #spread}
   * @throws GateException naming the worst text and the figures
   */
  public static GateResult check(TextEmbedder embedder, List<String> sample) {
    List<String> texts = spread(sample, MOST_TEXTS);
    int dimensions = embedder.dimensions();
    float[] together = new float[texts.size() * dimensions];
    embedder.embed(texts, together);
    double threshold = embedder.identity().precision().equals("bfloat16") ? 0.999 : 0.9999;
    double least = 1;
    double most = 0;
    float[] alone = new float[dimensions];
    for (int i = 0; i < texts.size(); i++) {
      embedder.embed(List.of(texts.get(i)), alone);
      double cosine = cosine(alone, together, i * dimensions);
      // Written so that a NaN, which compares with nothing, is refused too.
      if (!(cosine >= threshold)) {
        throw new GateException(
            "Model %s is not fit for batches: text %d of the sample (%d characters) has cosine %.6f alone against in company, below %.4f."
                .formatted(embedder.name(), i, texts.get(i).length(), cosine, threshold));
      }
      least = Math.min(least, cosine);
      for (int d = 0; d < dimensions; d++) {
        most = Math.max(most, Math.abs(alone[d] - together[i * dimensions + d]));
      }
    }
    return new GateResult(texts.size(), least, most, threshold);
  }

  /**
   * At most so many texts of a sample, spread evenly over their lengths in characters, shortest and
   * longest included.
   */
  public static List<String> spread(List<String> sample, int most) {
    if (sample.size() <= most) {
      return List.copyOf(sample);
    }
    List<String> sorted = new ArrayList<>(sample);
    sorted.sort((a, b) -> Integer.compare(a.length(), b.length()));
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      chosen.add(sorted.get((int) ((long) i * (sorted.size() - 1) / Math.max(1, most - 1))));
    }
    return List.copyOf(chosen);
  }

  /** In [-1, 1]; 1 for two rows of zeros; NaN when a value is not finite. */
  private static double cosine(float[] a, float[] b, int from) {
    double product = 0;
    double left = 0;
    double right = 0;
    for (int d = 0; d < a.length; d++) {
      double x = a[d];
      double y = b[from + d];
      product += x * y;
      left += x * x;
      right += y * y;
    }
    if (left == 0 && right == 0) {
      return 1;
    }
    double cosine = product / Math.sqrt(left * right);
    return cosine > 1 ? 1 : cosine;
  }
}
