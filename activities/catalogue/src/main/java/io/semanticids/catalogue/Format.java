package io.semanticids.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats of catalogue files, told by the ends of their names. */
enum Format {
  /** One JSON object a line. */
  JSON_LINES(".jsonl .ndjson .jsonl.gz .ndjson.gz"),
  /** A JSON array of objects, or objects one after another, over any lines. */
  JSON(".json .json.gz"),
  CSV(".csv .csv.gz .tsv .tsv.gz"),
  PARQUET(".parquet"),
  ARROW(".arrow .feather"),
  NPY(".npy");

  /** Separated by spaces. */
  private final String suffixes;

  Format(String suffixes) {
    this.suffixes = suffixes;
  }

  private List<String> suffixes() {
    return List.of(suffixes.split(" ", -1));
  }

  static Optional<Format> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.suffixes().stream().anyMatch(lower::endsWith))
        .findFirst();
  }

  /** All ends of names that are read, for people. */
  static String known() {
    return Arrays.stream(values())
        .flatMap(format -> format.suffixes().stream())
        .collect(Collectors.joining(", "));
  }
}
