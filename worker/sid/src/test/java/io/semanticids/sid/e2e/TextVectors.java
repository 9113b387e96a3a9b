package io.semanticids.sid.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The vectors that runs have embedded and keep below {@code artifacts/embed}, one an item. */
final class TextVectors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TextVectors() {}

  /**
   * The vectors of a catalogue of JSON lines with title and description: distinct texts are
   * embedded once, in the order in which they appear first.
   */
  static Matrix of(Path jsonLines, Path output) {
    Map<String, Integer> numbers = new HashMap<>();
    List<Integer> rows = new ArrayList<>();
    for (JsonNode item : read(jsonLines)) {
      String text =
          Stream.of("title", "description")
              .map(field -> item.path(field).asText())
              .filter(value -> !value.isEmpty())
              .collect(Collectors.joining("\n"));
      rows.add(numbers.computeIfAbsent(text, unseen -> numbers.size()));
    }
    List<double[]> distinct = embedded(output.resolve("artifacts/embed"));
    if (distinct.size() != numbers.size()) {
      throw new AssertionError(
          "%d texts are embedded, %d are distinct".formatted(distinct.size(), numbers.size()));
    }
    int dimension = distinct.get(0).length;
    double[] values = new double[rows.size() * dimension];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(distinct.get(rows.get(row)), 0, values, row * dimension, dimension);
    }
    return new Matrix(rows.size(), dimension, values);
  }

  private static List<JsonNode> read(Path jsonLines) {
    List<JsonNode> items = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(jsonLines)) {
        items.add(JSON.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return items;
  }

  /** Rows of float16 at the place that each part's marker names. */
  private static List<double[]> embedded(Path stage) {
    List<double[]> vectors = new ArrayList<>();
    try (Stream<Path> files = Files.walk(stage)) {
      for (Path marker :
          files
              .filter(file -> file.getFileName().toString().matches("part-\\d+\\.json"))
              .sorted()
              .toList()) {
        JsonNode part = JSON.readTree(marker.toFile());
        JsonNode column = part.at("/facts/columns/embedding");
        ByteBuffer bytes =
            ByteBuffer.wrap(Files.readAllBytes(marker.resolveSibling(part.path("object").asText())))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(column.path("offset").asInt());
        for (int row = 0; row < column.path("rows").asInt(); row++) {
          double[] vector = new double[column.path("dimension").asInt()];
          for (int i = 0; i < vector.length; i++) {
            vector[i] = Matrix.half(bytes.getShort());
          }
          vectors.add(vector);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return vectors;
  }
}
