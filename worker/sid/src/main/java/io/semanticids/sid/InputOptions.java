package io.semanticids.sid;

import io.semanticids.catalogue.CatalogueFields;
import io.semanticids.store.Location;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The catalogue that {@code embed} and {@code encode} read, and its fields. */
final class InputOptions {
  private static final String ID = "id";
  private static final List<String> TEXT = List.of("title", "description");

  @Parameters(
      paramLabel = "INPUT",
      description = "The catalogue: a file, a folder or an s3:// prefix, as for 'sid run'.")
  private String input = "";

  @Option(
      names = "--id",
      paramLabel = "FIELD",
      description = "The field that identifies a row. Default: id.")
  private @Nullable String id;

  @Option(
      names = "--text",
      paramLabel = "FIELD",
      split = ",",
      description =
          "The text fields, joined in this order. Default: title,description (those that are there).")
  private @Nullable List<String> text;

  @Option(
      names = "--separator",
      paramLabel = "TEXT",
      description = "What stands between two fields. Default: a line feed.")
  private @Nullable String separator;

  Location location() {
    return Location.parse(input);
  }

  /** The fields as named here; fields that nobody named may be missing. */
  CatalogueFields fields() {
    return fields(text == null ? TEXT : text, separator == null ? "\n" : separator, text == null);
  }

  /** The fields of a codebook's texts, unless others are named here. */
  CatalogueFields fields(List<String> made, String joined) {
    return fields(text == null ? made : text, separator == null ? joined : separator, text == null);
  }

  private CatalogueFields fields(List<String> texts, String joined, boolean optionalTexts) {
    Set<String> optional = new HashSet<>();
    if (id == null) {
      optional.add(ID);
    }
    if (optionalTexts) {
      optional.addAll(texts);
    }
    return new CatalogueFields(id == null ? ID : id, texts, joined, null, optional);
  }
}
