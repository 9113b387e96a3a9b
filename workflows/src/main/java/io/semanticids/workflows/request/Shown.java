package io.semanticids.workflows.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * Values as messages show them: short, on one line, with nothing in them that a terminal would
 * obey.
 */
final class Shown {
  private static final int MAX_LENGTH = 80;

  private Shown() {}

  /**
   * Compact JSON, cut at {@value #MAX_LENGTH} characters. Only what is shown is visited, however
   * large the value.
   */
  static String json(JsonNode json) {
    StringBuilder out = new StringBuilder();
    write(json, out);
    return cut(out.toString(), MAX_LENGTH);
  }

  /** A key or another word, cut at {@value #MAX_LENGTH} characters. */
  static String word(String word) {
    StringBuilder out = new StringBuilder();
    append(word, out);
    return cut(out.toString(), MAX_LENGTH);
  }

  /** With thousands separated, the same everywhere: the default locale may have other digits. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static boolean full(StringBuilder out) {
    return out.length() > MAX_LENGTH;
  }

  // Nesting is bounded by the length: each level writes at least one character.
  private static void write(JsonNode json, StringBuilder out) {
    if (json.isObject()) {
      writeObject(json, out);
    } else if (json.isArray()) {
      out.append('[');
      for (Iterator<JsonNode> i = json.iterator(); i.hasNext() && !full(out); ) {
        write(i.next(), out);
        out.append(i.hasNext() ? "," : "");
      }
      out.append(']');
    } else if (json.isTextual()) {
      out.append('"');
      append(json.textValue(), out);
      out.append('"');
    } else {
      append(json.asText(), out);
    }
  }

  private static void writeObject(JsonNode json, StringBuilder out) {
    out.append('{');
    for (Iterator<Map.Entry<String, JsonNode>> i = json.properties().iterator();
        i.hasNext() && !full(out); ) {
      Map.Entry<String, JsonNode> field = i.next();
      out.append('"');
      append(field.getKey(), out);
      out.append("\":");
      write(field.getValue(), out);
      out.append(i.hasNext() ? "," : "");
    }
    out.append('}');
  }

  private static void append(String text, StringBuilder out) {
    for (int i = 0; i < text.length() && !full(out); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point == '\n') {
        out.append("\\n");
      } else if (printable(point)) {
        out.appendCodePoint(point);
      } else {
        out.append("\\u%04x".formatted(point));
      }
    }
  }

  private static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
