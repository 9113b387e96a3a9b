package io.semanticids.sid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semanticids.workflows.request.SetOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that make up a request; shared by {@code run} and {@code start}. */
final class RequestOptions {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Parameters(
      arity = "0..1",
      paramLabel = "DATASET",
      description =
          "The catalogue: a file, a folder or an s3:// prefix of JSONL(.gz), CSV, Parquet, or .npy vectors.")
  private @Nullable String dataset;

  @Option(
      names = "--request",
      paramLabel = "FILE",
      description = "The request as a JSON object ('-': stdin). The options here win over it.")
  private @Nullable String request;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "The folder for artifacts/ and runs/, shared by any number of runs.")
  private @Nullable String output;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The run's name. Default: <dataset name>-<8 hex digits of the request>.")
  private @Nullable String name;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "A key of the request; may be repeated. Lists with commas: --set size=100,48,30.",
        "'sid schema' lists all keys."
      })
  private List<String> settings = new ArrayList<>();

  @Nullable String name() {
    return name;
  }

  /** The request as given: locations as typed, nothing validated, nothing defaulted. */
  ObjectNode read() {
    ObjectNode file = request == null ? JsonNodeFactory.instance.objectNode() : readFile(request);
    ObjectNode node = SetOptions.apply(file, settings).deepCopy();
    if (dataset != null) {
      node.put("dataset", dataset);
    }
    if (output != null) {
      node.put("output", output);
    }
    return node;
  }

  private static ObjectNode readFile(String file) {
    String text = text(file);
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw SidException.invalid(
          "%s is not JSON: %s (line %d, column %d)."
              .formatted(
                  place(file),
                  e.getOriginalMessage(),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr()));
    }
    if (!(node instanceof ObjectNode object)) {
      throw SidException.invalid(
          "%s holds %s, not a JSON object such as {\"dataset\": \"products.jsonl\"}."
              .formatted(place(file), node.isMissingNode() ? "nothing" : "another JSON value"));
    }
    return object;
  }

  private static String text(String file) {
    try {
      return file.equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw SidException.invalid("there is no request file %s.".formatted(file));
    } catch (IOException e) {
      throw SidException.invalid("%s cannot be read: %s.".formatted(place(file), e.getMessage()));
    }
  }

  private static String place(String file) {
    return file.equals("-") ? "the request on stdin" : "the request file " + file;
  }
}
