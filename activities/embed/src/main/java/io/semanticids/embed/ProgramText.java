package io.semanticids.embed;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program's template: a text resource with {@code $name} where a checkpoint's own numbers stand.
 */
final class ProgramText {
  private static final Pattern PLACE = Pattern.compile("\\$([A-Za-z]+)");

  private ProgramText() {}

  static String fill(String resource, Map<String, String> values) {
    String template;
    try (InputStream in = ProgramText.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource);
      }
      template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalStateException(
                    "Nothing stands for %s in %s.".formatted(place.group(), resource));
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** A number as a program writes it: the shortest decimal that reads as the same double. */
  static String number(double value) {
    return Double.toString(value).replace('E', 'e');
  }
}
