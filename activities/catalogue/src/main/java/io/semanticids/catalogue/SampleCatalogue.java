package io.semanticids.catalogue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * A catalogue of invented products as JSON lines, of any number: products of very different numbers
 * of variants, whose texts differ in few words, and two items in a hundred that repeat another's
 * text to the letter.
 *
 * <p>Fields: {@code id}, {@code title}, {@code description}, {@code brand}, {@code category},
 * {@code group}. A line is a function of seed, number of items and its own number.
 */
public final class SampleCatalogue {
  private static final int PRODUCTS = 11;
  private static final int CHOICES = 12;
  private static final double COPIES = 0.02;

  private SampleCatalogue() {}

  /**
   * Writes items, one a line, compressed if the file's name ends in {@code .gz}. The file gets its
   * name when it is complete; one of that name is replaced.
   *
   * @throws IllegalArgumentException if {@code items} is not positive
   */
  public static void write(long items, long seed, Path file) throws IOException {
    if (items <= 0) {
      throw new IllegalArgumentException(
          "The number of items (%d) must be positive.".formatted(items));
    }
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
    boolean zip = absolute.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    try {
      try (OutputStream plain = new BufferedOutputStream(Files.newOutputStream(partial), 1 << 16);
          OutputStream output = zip ? new GZIPOutputStream(plain, 1 << 16) : plain;
          JsonGenerator json = new JsonFactory().createGenerator(output)) {
        json.setRootValueSeparator(null);
        for (long row = 0; row < items; row++) {
          write(row, item(row, items, seed), json);
        }
      }
      Files.move(partial, absolute, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void write(long row, SampleItem item, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", Long.toString(row));
    json.writeStringField("title", item.title());
    json.writeStringField("description", item.description());
    json.writeStringField("brand", item.brand());
    json.writeStringField("category", item.category());
    json.writeStringField("group", item.group());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static SampleItem item(long row, long items, long seed) {
    long choices = RowHash.stream(seed, CHOICES);
    long own = RowHash.bits(choices, row);
    if (RowHash.uniform(RowHash.bits(own, 1)) < COPIES) {
      own = RowHash.bits(choices, (long) (RowHash.uniform(RowHash.bits(own, 2)) * items));
    }
    // u^2 crowds the first products: the number of variants of product g falls like 1 / sqrt(g).
    double u = RowHash.uniform(RowHash.bits(own, 3));
    long products = Math.max(1, items / 6);
    long group = Math.min(products - 1, (long) (u * u * products));
    long product = RowHash.bits(RowHash.stream(seed, PRODUCTS), group);
    return SampleItem.of(product, group, RowHash.bits(own, 4));
  }
}
