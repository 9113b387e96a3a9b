package io.semanticids.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Turns texts into vectors. Thread-safe; close it to free native memory. */
public interface TextEmbedder extends AutoCloseable {
  /**
   * Texts are batched inside windows of at most this many. A caller whose windows are the same gets
   * the same bytes however it cuts a catalogue.
   */
  int WINDOW = 512;

  /** The model's name, as in a request. */
  String name();

  /** The length d of a vector. */
  int dimensions();

  /** What the vectors depend on, besides the texts. */
  ModelIdentity identity();

  /** How many tokens have been computed since it was opened. */
  long tokens();

  /** How often the device's memory did not hold a batch, which was then halved. */
  default long halvings() {
    return 0;
  }

  /** Most tokens in a batch that was halved; {@link Integer#MAX_VALUE} while none was. */
  default int mostTokens() {
    return Integer.MAX_VALUE;
  }

  /**
   * Embeds windows of texts: one becomes tokens while those before it are computed. Row i of the
   * result is a function of text i, and never of more than the window that it is in: {@code minilm}
   * gives the same bytes in any company, checkpoints may differ in the last bits between companies.
   *
   * @param windows of at most {@link #WINDOW} texts, n together: any Unicode, possibly empty, of
   *     any length; a text beyond the model's tokens is cut at its end
   * @param target receives {@code n x d} values, row-major, all finite; rows have unit length
   *     unless the settings say otherwise (a row of zeros, which has no direction, stays zero)
   * @param embedded told after each batch how many texts it had, from any thread; what it throws
   *     stops the work and reaches the caller unchanged
   * @throws EmbeddingException when the model fails or yields a value that is not finite
   */
  void embedWindows(List<List<String>> windows, float[] target, IntConsumer embedded);

  /** Embeds any number of texts, in windows that are counted from the first. */
  default void embed(List<String> texts, float[] target, IntConsumer embedded) {
    List<List<String>> windows = new ArrayList<>();
    for (int first = 0; first < texts.size(); first += WINDOW) {
      windows.add(texts.subList(first, Math.min(texts.size(), first + WINDOW)));
    }
    embedWindows(windows, target, embedded);
  }

  /** Embeds without telling of it. */
  default void embed(List<String> texts, float[] target) {
    embed(texts, target, count -> {});
  }

  @Override
  void close();
}
