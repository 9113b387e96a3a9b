package io.semanticids.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.semanticids.evaluate.PathFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * JSON as it is published: fields in the order of the records, null ones left out, two spaces,
 * {@code \n}.
 *
 * <p>Jackson's own number writer is asked for, because {@link Double#toString} changed between Java
 * 17 and 19.
 */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .addMixIn(PathFigures.class, NullsToo.class)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter WRITER =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT));

  private Json() {}

  /** Null says something in these records: {@code withinGroup} without groups. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  private interface NullsToo {}

  /** Pretty printed, in UTF-8, ending in a line feed. */
  static byte[] pretty(Object value) {
    try {
      return (WRITER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without any white space. */
  static byte[] compact(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes UTF-8. Jackson's own UTF-8 generator breaks field names beyond U+FFFF, such as ids with
   * emoji.
   */
  static JsonGenerator generator(Path file) throws IOException {
    return FACTORY.createGenerator(Files.newBufferedWriter(file));
  }
}
