package io.semanticids.sid.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run has left behind, read without the program's code.
 *
 * @param folder {@code <output>/runs/<run>/}
 */
record Published(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One row of the Parquet files. */
  record Item(String id, String split, List<Integer> codes, String semanticId) {}

  /** The only run below an output folder. */
  static Published only(Path output) {
    try (Stream<Path> runs = Files.list(output.resolve("runs"))) {
      List<Path> all = runs.toList();
      if (all.size() != 1) {
        throw new AssertionError("one run is expected, there are " + all);
      }
      return new Published(all.get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The run that a command has just made: it prints the folder. */
  static Published of(Outcome outcome) {
    return new Published(
        outcome
            .succeeded()
            .err()
            .lines()
            .filter(line -> line.startsWith("output "))
            .map(line -> Path.of(line.substring("output ".length())))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no output folder in " + outcome)));
  }

  JsonNode json(String name) {
    try {
      return JSON.readTree(folder.resolve(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode report() {
    return json("report.json");
  }

  List<String> lines(String name) {
    try {
      return Files.readAllLines(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Parquet files as DuckDB is told to read them. */
  String table() {
    return "read_parquet('%s')".formatted(folder.resolve("semantic-ids/part-*.parquet"));
  }

  /** All rows in their order. */
  List<Item> items(Database database) {
    List<Item> items = new ArrayList<>();
    for (List<Object> row :
        database.rows(
            "SELECT id, split, array_to_string(codes, ' '), semantic_id FROM " + table())) {
      items.add(
          new Item(
              (String) row.get(0),
              (String) row.get(1),
              Stream.of(((String) row.get(2)).split(" ", -1)).map(Integer::valueOf).toList(),
              (String) row.get(3)));
    }
    return items;
  }

  /** SHA-256 of all that a run promises to be the same each time: everything but its timings. */
  Map<String, String> sameEachTime() {
    Map<String, String> content = Work.content(folder);
    content.remove("timings.json");
    return content;
  }

  /** The same without what names the place and the cut into shards: request and lineage. */
  Map<String, String> sameEverywhere() {
    Map<String, String> content = sameEachTime();
    content.remove("request.json");
    content.remove("manifest.json");
    return content;
  }
}
