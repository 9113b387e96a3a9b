package io.semanticids.catalogue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The text of a value, whatever its type.
 *
 * <p>A text is itself, a number its digits as written, a truth value {@code true} or {@code false}.
 * A list is its elements' texts and a structure its {@code name: value} pairs, joined by a comma
 * and a space, to any depth; nulls and empty values are left out. Halves of surrogate pairs, which
 * no encoding can hold, become U+FFFD.
 */
final class FlatText {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String COMMA = ", ";

  private FlatText() {}

  /**
   * Reads the value at which the parser stands and leaves it at the value's last token.
   *
   * @return null for null
   */
  static @Nullable String read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.START_ARRAY && token != JsonToken.START_OBJECT) {
      return clean(parser.getText());
    }
    StringBuilder text = new StringBuilder();
    append(parser, text);
    return clean(text.toString());
  }

  /** The text of a value that is given as JSON; null for null. */
  static @Nullable String ofJson(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("A reader made malformed JSON: " + json, e);
    }
  }

  private static void append(JsonParser parser, StringBuilder text) throws IOException {
    int start = text.length();
    switch (parser.currentToken()) {
      case VALUE_NULL -> {}
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          int before = text.length();
          text.append(before > start ? COMMA : "");
          int from = text.length();
          append(parser, text);
          if (text.length() == from) {
            text.setLength(before);
          }
        }
      }
      case START_OBJECT -> {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          int before = text.length();
          text.append(before > start ? COMMA : "").append(parser.currentName()).append(": ");
          int from = text.length();
          parser.nextToken();
          append(parser, text);
          if (text.length() == from) {
            text.setLength(before);
          }
        }
      }
      default -> text.append(parser.getText());
    }
  }

  /** Replaces halves of surrogate pairs. */
  static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int point = text.codePointAt(i);
        if (Character.isBmpCodePoint(point)) {
          return cleaned(text);
        }
        i++;
      }
    }
    return text;
  }

  private static String cleaned(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
