package io.semanticids.adapters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON whose bytes are a function of its content. */
final class Json {
  static final ObjectMapper CANONICAL =
      // Jackson's own number writer: Double.toString changed between Java 17 and 19.
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Json() {}

  static ObjectNode object() {
    return CANONICAL.createObjectNode();
  }

  static String canonical(Object value) {
    try {
      // Through a plain map, so that trees are ordered as well as records.
      return CANONICAL.writeValueAsString(CANONICAL.convertValue(value, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage(), e);
    }
  }

  static JsonNode read(Path file) {
    try {
      return read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  static JsonNode read(byte[] content) {
    try {
      return CANONICAL.readTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException("Not JSON: " + e.getMessage(), e);
    }
  }

  static JsonNode tree(Object value) {
    return CANONICAL.valueToTree(value);
  }
}
