package io.semanticids.embed;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;

/** Texts to token numbers, by a model's own {@code tokenizer.json}. Thread-safe. */
final class TextTokens implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final String prefix;
  private final int vocabulary;
  private final int none;

  private TextTokens(HuggingFaceTokenizer tokenizer, String prefix, int vocabulary, int none) {
    this.tokenizer = tokenizer;
    this.prefix = prefix;
    this.vocabulary = vocabulary;
    this.none = none;
  }

  /**
   * Reads a tokenizer.
   *
   * @param json the content of {@code tokenizer.json}; its own truncation and padding are not used
   * @param maxTokens texts are cut at their end to this many tokens; special ones, which count, are
   *     kept
   * @param prefix stands before each text
   * @param vocabulary the model's; tokens beyond it, which some tokenizers add for other models,
   *     are dropped
   * @param none stands for a text that has no token at all
   */
  static TextTokens read(InputStream json, int maxTokens, String prefix, int vocabulary, int none)
      throws IOException {
    String most = Integer.toString(maxTokens);
    Map<String, String> options =
        Map.of("padding", "false", "truncation", "true", "maxLength", most, "modelMaxLength", most);
    return new TextTokens(
        HuggingFaceTokenizer.newInstance(json, options), prefix, vocabulary, none);
  }

  /** At least one token. */
  long[] of(String text) {
    long[] ids = tokenizer.encode(wellFormed(prefix.isEmpty() ? text : prefix + text)).getIds();
    for (long id : ids) {
      if (id >= vocabulary) {
        ids = Arrays.stream(ids).filter(known -> known < vocabulary).toArray();
        break;
      }
    }
    return ids.length == 0 ? new long[] {none} : ids;
  }

  /**
   * The text with each lone surrogate, which no encoding of Unicode can carry, replaced by U+FFFD.
   */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return repaired(text);
      }
    }
    return text;
  }

  private static String repaired(String text) {
    StringBuilder repaired = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(repaired::appendCodePoint);
    return repaired.toString();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
